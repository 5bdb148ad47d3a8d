# frozen_string_literal: true

require 'fileutils'
require 'open3'
require 'rbconfig'
require 'spec_helper'
require 'support/sandbox'

describe 'files/compiled/known_gems.rb' do
  let(:host) { Sandbox.new }

  before { host.install('compiled/known_gems.rb', '/known_gems.rb') }

  after { host.remove }

  # Runs Ruby code with no gems but those in a folder of the sandbox. Returns what it prints.
  def ruby(code)
    folder = host.path('/gems')
    FileUtils.mkdir_p("#{folder}/specifications")
    # Bundler adds itself to RUBYOPT.
    environment = { 'GEM_HOME' => folder, 'GEM_PATH' => folder, 'RUBYOPT' => nil, 'RUBYLIB' => nil }
    output, errors, status = Open3.capture3(environment, RbConfig.ruby, '-e', SETUP + code)
    raise errors unless status.success?

    output.split
  end

  # `search` requires a library that may be missing, as Puppet does to test for a feature. It tells the outcome, and
  # whether RubyGems has searched its gems for it.
  SETUP = <<~'RUBY'.freeze
    module Search
      class << self
        attr_accessor :searched
      end

      def find_by_path(*)
        Search.searched = true
        super
      end
    end
    Gem::Specification.singleton_class.prepend(Search)

    def search(name)
      Search.searched = false
      Gem.clear_paths
      found = begin
        require name
        'found'
      rescue LoadError
        'missing'
      end
      puts "#{found},#{Search.searched ? 'searched' : 'known'}"
    end

    def install(name)
      folder = ENV.fetch('GEM_HOME')
      FileUtils.mkdir_p("#{folder}/gems/#{name}-1.0/lib")
      File.write("#{folder}/gems/#{name}-1.0/lib/#{name}.rb", '')
      File.write("#{folder}/specifications/#{name}-1.0.gemspec", <<~GEMSPEC)
        # -*- encoding: utf-8 -*-
        # stub: #{name} 1.0 ruby lib

        Gem::Specification.new do |gem|
          gem.name = '#{name}'
          gem.version = '1.0'
          gem.require_paths = ['lib']
          gem.summary = gem.author = 'a test'
          gem.files = ['lib/#{name}.rb']
        end
      GEMSPEC
    end

    require 'fileutils'
  RUBY

  def load_known_gems
    "load '#{host.path('/known_gems.rb')}'\n"
  end

  it 'searches for a missing library once' do
    expect(ruby("#{load_known_gems} 2.times { search('wanted') }")).to eq(%w[missing,searched missing,known])
  end

  it 'finds a library whose gem is installed after it was missing' do
    expect(ruby("#{load_known_gems} search('wanted'); install('wanted'); search('wanted')")).to eq(%w[missing,searched found,searched])
  end

  it 'searches again for all that is missing when any gem was installed' do
    expect(ruby("#{load_known_gems} search('wanted'); install('other'); search('wanted')")).to eq(%w[missing,searched missing,searched])
  end

  it 'finds a library whose gem is installed before another one was missing' do
    code = "search('wanted'); install('wanted'); begin; require 'other'; rescue LoadError; end; search('wanted')"
    expect(ruby(load_known_gems + code)).to eq(%w[missing,searched found,searched])
  end

  it 'finds a library that was missing again before RubyGems read the gems' do
    code = "search('wanted'); install('wanted'); begin; require 'wanted'; rescue LoadError; end; search('wanted')"
    expect(ruby(load_known_gems + code).last).to start_with('found')
  end

  it 'searches in other folders when the environment names them' do
    code = <<~'RUBY'
      search('wanted')
      ENV['GEM_HOME'] = ENV['GEM_PATH'] = "#{ENV.fetch('GEM_HOME')}/more"
      install('wanted') if FileUtils.mkdir_p("#{ENV.fetch('GEM_HOME')}/specifications")
      search('wanted')
    RUBY
    expect(ruby(load_known_gems + code)).to eq(%w[missing,searched found,searched])
  end

  it 'changes nothing where Ruby runs without RubyGems' do
    _, errors, status = Open3.capture3(RbConfig.ruby, '--disable=gems', host.path('/known_gems.rb'))
    expect([errors, status.success?]).to eq(['', true])
  end
end
