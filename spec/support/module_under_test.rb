# frozen_string_literal: true

require 'fileutils'
require 'json'
require 'tmpdir'
require 'yaml'

# The module that contains these specs.
module ModuleUnderTest
  ROOT = File.expand_path('../..', __dir__)
  METADATA = JSON.parse(File.read(File.join(ROOT, 'metadata.json'))).freeze
  NAME = METADATA['name'].split(%r{[-/]}, 2).last

  # Its Hiera data for all hosts.
  def self.data
    @data ||= YAML.safe_load_file(File.join(ROOT, 'data/common.yaml')).freeze
  end

  # Default of a parameter of the class.
  def self.default(parameter)
    # This is how a percent sign before a brace is escaped in Hiera data.
    data.fetch("clone_army::#{parameter}").gsub("%{literal('%')}", '%')
  end

  # A modulepath with only this module, which may be in a folder of any name.
  def self.modulepath
    @modulepath ||= Dir.mktmpdir('modules').tap do |folder|
      File.symlink(ROOT, File.join(folder, NAME))
      at_exit { FileUtils.rm_rf(folder) }
    end
  end
end
