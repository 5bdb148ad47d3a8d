# frozen_string_literal: true

require 'socket'
require 'spec_helper'
require 'support/sandbox'

describe 'files/timer/run-agent' do
  let(:clone) { Sandbox.new }

  before do
    clone.install('timer/run-agent', '/run-agent', paths: %r{(?<!\w)/(?:proc/|opt/puppetlabs|usr/share|run/puppet)})
    clone.stand_in('puppet', 'echo "RUBYOPT=$RUBYOPT"')
    clone.stand_in('nproc', 'echo 2')
    host(runnable: 3, available: 4_000_000)
    # The host is busy for BUSY_FOR calls, and then idle.
    clone.stand_in('sleep', <<~SHELL)
      echo x >> '#{clone.path('slept')}'
      [ "$(wc -l < '#{clone.path('slept')}')" -lt "${BUSY_FOR:-0}" ] && exit
      echo '0.1 0.1 0.1 1/500 77' > '#{clone.path('proc/loadavg')}'
      echo 'MemAvailable: 9000000 kB' > '#{clone.path('proc/meminfo')}'
    SHELL
  end

  after { clone.remove }

  def host(runnable:, available:)
    clone.write('proc/loadavg', "9.1 8.2 7.3 #{runnable}/500 77\n")
    clone.write('proc/meminfo', "MemTotal: 24000000 kB\nMemFree: 1000 kB\nMemAvailable: #{available} kB\n")
  end

  def run_agent(busy_for: 0)
    clone.run('/run-agent', RUBYOPT: nil, BUSY_FOR: busy_for.to_s)
  end

  it 'runs the agent once' do
    expect(run_agent).to have_attributes(status: 0, errors: '', output: "RUBYOPT=\n")
    expect(clone.calls('puppet')).to eq([['agent', '--onetime', '--no-daemonize', '--no-splay', '--waitforcert=0']])
    expect(clone.calls('sleep')).to be_empty
  end

  it 'passes options to the agent' do
    clone.run('/run-agent', '--detailed-exitcodes', RUBYOPT: nil)
    expect(clone.calls('puppet').first).to end_with('--waitforcert=0', '--detailed-exitcodes')
  end

  describe 'precompiled code' do
    let(:compiled) { '/usr/share/puppet-clone-army/compiled' }

    before do
      clone.write("#{compiled}/index", 'an index')
      clone.install('compiled/load.rb', "#{compiled}/load.rb")
    end

    it 'is loaded' do
      expect(run_agent).to have_attributes(errors: '', output: %r{^RUBYOPT=-r/.*/compiled/load\.rb$})
    end

    it 'is not loaded without an index' do
      clone.write("#{compiled}/index", '')
      expect(run_agent.output).to eq("RUBYOPT=\n")
    end

    it 'is not loaded by half a program, with which Ruby would not start' do
      program = clone.read("#{compiled}/load.rb")
      [program[0, program.length / 2], ''].each do |damaged|
        clone.write("#{compiled}/load.rb", damaged)
        expect(run_agent).to have_attributes(status: 0, errors: '', output: "RUBYOPT=\n")
      end
    end

    it 'is not loaded without its program' do
      FileUtils.rm(clone.path("#{compiled}/load.rb"))
      expect(run_agent).to have_attributes(status: 0, errors: '', output: "RUBYOPT=\n")
    end
  end

  it 'enlarges the heap for all versions of Ruby' do
    clone.stand_in('puppet', 'env | grep -c "^RUBY_GC_HEAP_.*INIT_SLOTS="')
    expect(run_agent.output).to eq("4\n")
  end

  {
    'more than 8 runnable tasks per processor' => { runnable: 17, available: 4_000_000 },
    'too little memory for another run' => { runnable: 3, available: 200_000 },
  }.each do |what, state|
    it "waits while the host has #{what}" do
      host(**state)
      expect(run_agent(busy_for: 3)).to have_attributes(status: 0, errors: '')
      expect(clone.calls('sleep').length).to eq(3)
      expect(clone.calls('puppet').length).to eq(1)
    end
  end

  ['', '/machine.slice'].each do |group|
    describe "in a control group with a memory limit#{' for clones' unless group.empty?}" do
      def limit(group, max:, current:, cache:)
        folder = "/run/puppet-clone-army#{group}"
        clone.write("#{folder}/memory.max", "#{max}\n")
        clone.write("#{folder}/memory.current", "#{current << 20}\n")
        clone.write("#{folder}/memory.stat", "anon 1\nfile 2\ninactive_file #{cache << 20}\nactive_file 3\n")
      end

      it 'waits while there is too little memory for another run' do
        limit(group, max: 1000 << 20, current: 800, cache: 50)
        expect(run_agent(busy_for: 1000).status).to eq(1)
        expect(clone.calls('sleep').length).to eq(120)
      end

      it 'counts page cache as free' do
        limit(group, max: 1000 << 20, current: 800, cache: 56)
        expect(run_agent).to have_attributes(status: 0, errors: '')
        expect(clone.calls('sleep')).to be_empty
      end

      it 'ignores a group without a limit' do
        limit(group, max: 'max', current: 800, cache: 0)
        expect(run_agent).to have_attributes(status: 0, errors: '')
        expect(clone.calls('sleep')).to be_empty
      end
    end
  end

  it 'has a loaded agent on the host fork the run, with the interpreter of the agent' do
    clone.stand_in('ruby')
    clone.write('bin/puppet', "#!/usr/bin/env #{clone.path('bin/ruby')}\n", 0o755)
    FileUtils.mkdir_p(clone.path('/run/puppet-clone-army-preload'))
    UNIXServer.open(clone.path('/run/puppet-clone-army-preload/socket')) { clone.run('/run-agent', '--noop', RUBYOPT: nil) }
    expect(clone.calls('ruby')).to eq([[
                                        '--disable=gems,rubyopt', clone.path('/usr/share/puppet-clone-army/forked-run.rb'),
                                        clone.path('/run/puppet-clone-army-preload/socket'), clone.path('bin/puppet'),
                                        'agent', '--onetime', '--no-daemonize', '--no-splay', '--waitforcert=0', '--noop'
                                      ]])
  end

  it 'does not wait for an overloaded host if it is told to run now' do
    host(runnable: 17, available: 200_000)
    clone.run('/run-agent', '--now', '--noop', RUBYOPT: nil, BUSY_FOR: '1000')
    expect(clone.calls('sleep')).to be_empty
    expect(clone.calls('puppet').first).to end_with('--waitforcert=0', '--noop')
  end

  it 'does not wait while the host is not overloaded' do
    host(runnable: 16, available: 262_144)
    run_agent
    expect(clone.calls('sleep')).to be_empty
  end

  it 'skips the run if the host stays busy' do
    host(runnable: 17, available: 4_000_000)
    expect(run_agent(busy_for: 1000)).to have_attributes(status: 1, errors: /busy for 10 minutes.*run_interval/)
    expect(clone.calls('sleep').length).to eq(120)
    expect(clone.calls('puppet')).to be_empty
  end
end
