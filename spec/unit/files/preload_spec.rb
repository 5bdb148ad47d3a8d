# frozen_string_literal: true

require 'json'
require 'socket'
require 'spec_helper'
require 'support/sandbox'

describe 'files/preload.rb' do
  let(:host) { Sandbox.new }
  let(:program) { File.join(ModuleUnderTest::ROOT, 'files/preload.rb') }

  before do
    host.write('/lib/early/extra.rb', '')
    host.write('/lib/late/tool.rb', "require 'tool/part'")
    host.write('/lib/late/tool/part.rb', '')
    host.write('/lib/late/plugin.rb', '$plugins = $plugins.to_i + 1')
    host.write('/lib/late/broken.rb', "raise 'not here'")
    # Trials and runs do the same. A trial must not leave anything but code.
    host.write('/agent', <<~RUBY, 0o755)
      require 'tool'
      load 'plugin.rb'
      begin
        require 'broken'
      rescue StandardError
        nil
      end
      $settings = ARGV
      exit 3
    RUBY
  end

  after { host.remove }

  # Runs Ruby code after the program's, and returns what it prints.
  def ruby(code)
    words = ['-I', host.path('/lib/early'), '-I', host.path('/lib/late'), '-r', 'json', '-r', program, '-e', code]
    output, errors, status = Open3.capture3({ 'RUBYOPT' => nil, 'BUNDLE_GEMFILE' => nil }, 'ruby', *words)
    expect([errors.lines.grep_v(/left to the runs/), status.exitstatus]).to eq([[], 0])
    output.chomp
  end

  describe 'LoadedAgent' do
    it 'loads what a run requires, and nothing else happens' do
      state = ruby(<<~RUBY)
        LoadedAgent.new('#{host.path('/agent')}')
        puts [$LOADED_FEATURES.grep(%r{/lib/late/}).map { |path| File.basename(path) }.sort, $plugins, $settings, ARGV].to_json
      RUBY
      expect(JSON.parse(state)).to eq([['part.rb', 'tool.rb'], nil, nil, []])
    end

    it 'runs the agent, each time as if it was the first' do
      runs = ruby(<<~RUBY)
        agent = LoadedAgent.new('#{host.path('/agent')}')
        2.times do
          pid = fork do
            at_exit { $stdout.puts [$plugins, $settings, $PROGRAM_NAME].to_json }
            agent.run(['agent', '--onetime'])
          end
          Process.wait(pid)
          $stdout.puts $?.exitstatus
        end
      RUBY
      expect(runs.lines(chomp: true)).to eq([[1, ['agent', '--onetime'], host.path('/agent')].to_json, '3'] * 2)
    end
  end

  describe 'LoadedFiles' do
    {
      'a changed file' => ["File.write('LIB/late/tool.rb', 'changed')", 'LIB/late/tool.rb'],
      'a file with its former size and another time' => ["File.utime(1, 1, 'LIB/late/tool/part.rb')", 'LIB/late/tool/part.rb'],
      'a file with its former size and time' => ["time = File.mtime('LIB/late/tool.rb'); File.write('LIB/late/tool.rb', File.read('LIB/late/tool.rb')); File.utime(time, time, 'LIB/late/tool.rb')", 'LIB/late/tool.rb'],
      'a removed file' => ["File.delete('LIB/late/tool.rb')", 'LIB/late/tool.rb'],
      'a file that would be found first' => ["File.write('LIB/early/tool.rb', '')", 'LIB/early/.'],
      'a folder that would be found first' => ["Dir.mkdir('LIB/early/tool')", 'LIB/early/.'],
      'an installed gem' => ["Dir.mkdir('LIB/gems/specifications')", 'LIB/gems/specifications'],
    }.each do |what, (change, found)|
      it "sees #{what}" do
        FileUtils.mkdir_p(host.path('/lib/gems'))
        changed = ruby(<<~RUBY)
          Gem.paths = { 'GEM_HOME' => '#{host.path('/lib/gems')}' }
          require 'tool'
          # A file system has times of some milliseconds.
          sleep 0.02
          files = LoadedFiles.new
          puts files.changed.inspect
          #{change.gsub('LIB', host.path('/lib'))}
          puts files.changed
        RUBY
        expect(changed.lines(chomp: true)).to eq(['nil', found.gsub('LIB', host.path('/lib'))])
      end
    end
  end

  describe 'Namespaces' do
    it 'does not take the namespaces of the host for those of a clone' do
      refused = ruby("Namespaces::TYPES.each_key { |name| Namespaces.assert_foreign(name, File.open(\"/proc/self/ns/\#{name}\")) rescue puts \$!.message }")
      expect(refused.lines.length).to eq(6)
      expect(refused).to include('the namespace mnt is not that of a clone', 'the namespace pid is not that of a clone')
    end

    it 'joins no namespace of another type' do
      refused = ruby("Namespaces::TYPES.each_key { |name| begin; Namespaces.join(name, File.open('/proc/self/ns/user')); rescue SystemCallError => e; puts e.class; end }")
      expect(refused.lines(chomp: true)).to eq(['Errno::EINVAL'] * 6)
    end
  end

  describe 'the process' do
    it 'refuses a run to whoever is not in a clone, so that the agent is started without it' do
      path = host.path('/socket')
      host.write('/agent', "#!/usr/bin/env ruby\nputs \"agent \#{ARGV.join(' ')} as #\{$PROGRAM_NAME}\"\n", 0o755)
      pid = spawn({ 'RUBYOPT' => nil }, 'ruby', '-', host.path('/agent'), path, in: program, out: File::NULL, err: host.path('/log'))
      200.times { File.socket?(path) ? break : sleep(0.05) }
      forked_run = File.join(ModuleUnderTest::ROOT, 'files/timer/forked-run.rb')
      output, = Open3.capture2({ 'RUBYLIB' => nil, 'GEM_HOME' => nil, 'GEM_PATH' => nil }, 'ruby', '--disable=gems,rubyopt', forked_run, path, host.path('/agent'), 'one', 'two')
      expect(output).to eq("agent one two as #{host.path('/agent')}\n")
      expect(host.read('/log')).to match(/A run was left to its clone: "ArgumentError: .* is no clone's control group"/)
      expect(File.readlink("/proc/#{pid}/fd/0")).to eq(File::NULL)
    ensure
      Process.kill('TERM', pid)
      Process.wait(pid)
    end
  end
end
