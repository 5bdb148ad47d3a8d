# frozen_string_literal: true

require 'fileutils'
require 'open3'
require 'rbconfig'
require 'spec_helper'
require 'support/sandbox'

describe 'files/compiled' do
  let(:host) { Sandbox.new }
  let(:folder) { '/compiled' }
  let(:program) { host.path('/program.rb') }

  before do
    ['load.rb', 'record.rb', 'compile.rb'].each { |name| host.install("compiled/#{name}", "#{folder}/#{name}") }
    host.write('/part.rb', "puts 'part one'\n")
    host.write('/program.rb', "require_relative 'part'\nload '#{host.path('/loaded.rb')}'\n")
    host.write('/loaded.rb', "puts __FILE__, ENV.keys.grep(/^RUBY(OPT|_GC)/).inspect\n")
  end

  after { host.remove }

  # Runs Ruby and returns its standard output.
  def ruby(*arguments, input: '', **environment)
    output, errors, status = Open3.capture3(environment.transform_keys(&:to_s), RbConfig.ruby, *arguments, stdin_data: input)
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
    host.write("#{folder}/code", '')
    File.binwrite(host.path("#{folder}/code"), binary)
    File.binwrite(host.path("#{folder}/index"), Marshal.dump([ruby, { host.path(name) => [0, binary.bytesize, stat.size, stat.ctime.to_i, stat.ctime.nsec] }]))
  end

  it 'behaves like the source, and does not pass its settings to other programs' do
    compile
    expect(run_compiled).to eq(['part one', host.path('/loaded.rb'), '[]'])
  end

  it 'contains all files that were required or loaded' do
    compile
    _, index = Marshal.load(File.binread(host.path("#{folder}/index"))) # rubocop:disable Security/MarshalLoad
    expect(index.keys).to include(host.path('/part.rb'), host.path('/loaded.rb'))
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
end
