# frozen_string_literal: true

require 'fileutils'
require 'open3'
require 'rbconfig'
require 'spec_helper'
require 'support/sandbox'

describe 'files/compiled' do
  let(:host) { Sandbox.new }
  let(:folder) { '/compiled' }
  let(:options) { [] }
  let(:program) { host.path('/program.rb') }

  before do
    ['load.rb', 'known_gems.rb', 'record.rb', 'compile.rb'].each { |name| host.install("compiled/#{name}", "#{folder}/#{name}") }
    host.write('/part.rb', "puts 'part one'\n")
    host.write('/program.rb', "require_relative 'part'\nload '#{host.path('/loaded.rb')}'\n")
    host.write('/loaded.rb', "puts __FILE__, ENV.keys.grep(/^RUBY(OPT|_GC)/).inspect\n")
  end

  after { host.remove }

  # Runs Ruby and returns its standard output.
  def ruby(*arguments, input: '', **environment)
    output, errors, status = Open3.capture3(environment.transform_keys(&:to_s), RbConfig.ruby, *options, *arguments, stdin_data: input)
    raise errors unless status.success?

    output
  end

  def compile
    ruby(program, RUBYOPT: "-r#{host.path("#{folder}/record.rb")}", LOADED: host.path('/list'))
    ruby(host.path("#{folder}/compile.rb"), input: host.read('/list'))
  end

  def run_compiled
    ruby(program, RUBYOPT: "-r#{host.path("#{folder}/load.rb")}", RUBY_GC_MALLOC_LIMIT: '48000000').lines(chomp: true)
  end

  # Replaces the compiled code of a file, to see whether it is used.
  def forge(name, code, ruby: RUBY_DESCRIPTION)
    binary = RubyVM::InstructionSequence.compile(code).to_binary
    stat = File.stat(host.path(name))
    File.binwrite(host.path("#{folder}/code"), binary)
    write_index([ruby, { host.path(name) => [0, binary.bytesize, binary.sum(32), stat.size, stat.ctime.to_i, stat.ctime.nsec] }])
  end

  def write_index(content)
    data = Marshal.dump(content)
    File.binwrite(host.path("#{folder}/index"), "#{data.sum(32)}\n#{data}")
  end

  # Content of the index.
  def index
    Marshal.load(File.binread(host.path("#{folder}/index")).split("\n", 2).last) # rubocop:disable Security/MarshalLoad
  end

  it 'behaves like the source, and does not pass its settings to other programs' do
    compile
    expect(run_compiled).to eq(['part one', host.path('/loaded.rb'), '[]'])
  end

  it 'contains all files that were required or loaded' do
    compile
    expect(index.last.keys).to include(host.path('/part.rb'), host.path('/loaded.rb'))
  end

  it 'is used for unchanged files' do
    forge('/part.rb', "puts 'compiled'")
    expect(run_compiled.first).to eq('compiled')
  end

  it 'is not used for a patched file, even with the same size and modification time' do
    compile
    time = File.mtime(host.path('/part.rb'))
    host.write('/part.rb', "puts 'part two'\n")
    File.utime(time, time, host.path('/part.rb'))

    expect(run_compiled.first).to eq('part two')
  end

  it 'is not used by another version of Ruby' do
    forge('/part.rb', "puts 'compiled'", ruby: 'another')
    expect(run_compiled.first).to eq('part one')
  end

  it 'is not used for a file that no longer exists' do
    compile
    FileUtils.rm(host.path('/part.rb'))
    expect { run_compiled }.to raise_error(/cannot load such file/)
  end

  describe 'that is damaged' do
    # Starts Ruby faster.
    let(:options) { ['--disable=gems'] }

    before { compile }

    # Replaces a file by what the block makes of its content.
    def damage(name)
      file = host.path("#{folder}/#{name}")
      File.binwrite(file, yield(File.binread(file)))
    end

    # Removes a file, and puts a folder in its place, which cannot be read. Root can read any file.
    def unreadable(name)
      FileUtils.rm(host.path("#{folder}/#{name}"))
      FileUtils.mkdir(host.path("#{folder}/#{name}"))
    end

    {
      'an index cut short' => -> { damage('index') { |data| data[0, data.bytesize / 2] } },
      'an index cut short in its first line' => -> { damage('index') { |data| data[0, 2] } },
      'an empty index' => -> { damage('index') { '' } },
      'an index of zeros' => -> { damage('index') { |data| "\0" * data.bytesize } },
      'garbage as index' => -> { damage('index') { |data| Random.new(1).bytes(data.bytesize) } },
      'an index that names a class' => -> { damage('index') { "0\n\x04\bo:\vUnknown\x00" } },
      'an index in another format' => -> { write_index(['another', 1]) },
      'an index without code' => -> { write_index([RUBY_DESCRIPTION, nil]) },
      'an index with wrong places' => -> { write_index([RUBY_DESCRIPTION, index.last.transform_values { |_, *rest| [1 << 70, *rest] }]) },
      'an index with wrong sizes' => -> { write_index([RUBY_DESCRIPTION, index.last.transform_values { |at, _, *rest| [at, 1 << 50, *rest] }]) },
      'an unreadable index' => -> { unreadable('index') },
      'no index' => -> { FileUtils.rm(host.path("#{folder}/index")) },
      'code cut short' => -> { damage('code') { |data| data[0, data.bytesize / 2] } },
      'no code' => -> { FileUtils.rm(host.path("#{folder}/code")) },
      'empty code' => -> { damage('code') { '' } },
      'code of zeros' => -> { damage('code') { |data| "\0" * data.bytesize } },
      'garbage as code' => -> { damage('code') { |data| Random.new(1).bytes(data.bytesize) } },
      # Ruby crashes on some of these.
      'zeros after the header of the code' => -> { damage('code') { |data| data[0, 64] + "\0" * (data.bytesize - 64) } },
      'unreadable code' => -> { unreadable('code') },
    }.each do |what, change|
      it "is not used: #{what}" do
        instance_exec(&change)
        expect(run_compiled).to eq(['part one', host.path('/loaded.rb'), '[]'])
      end
    end

    it 'is used where it is intact' do
      forge('/part.rb', "puts 'compiled'")
      index = self.index
      index.last[host.path('/loaded.rb')] = index.last[host.path('/part.rb')].dup.tap { |entry| entry[2] += 1 }
      write_index(index)
      expect(run_compiled.first).to eq('compiled')
    end
  end

  it 'replaces the index last, so that an interrupted compilation leaves none that fits half of the code' do
    compile
    before = host.read("#{folder}/index")
    FileUtils.mkdir(host.path("#{folder}/code.new"))
    expect { compile }.to raise_error(/code\.new/)
    expect(host.read("#{folder}/index")).to eq(before)
    expect(run_compiled.first).to eq('part one')
  end

  it 'leaves no half-written files when the compilation fails' do
    expect { ruby(host.path("#{folder}/compile.rb"), input: "/missing.rb\n") }.to raise_error(/missing\.rb/)
    expect(Dir.children(host.path(folder))).to contain_exactly('compile.rb', 'known_gems.rb', 'load.rb', 'record.rb')
  end
end
