# frozen_string_literal: true

require 'fileutils'
require 'json'
require 'tmpdir'
require 'yaml'

# The module that these specs came with.
module ModuleUnderTest
  ROOT = File.expand_path('../..', __dir__)
  METADATA = JSON.parse(File.read(File.join(ROOT, 'metadata.json'))).freeze
  NAME = METADATA['name'].split(%r{[-/]}, 2).last

  # Its Hiera data that hold everywhere.
  def self.data
    @data ||= YAML.safe_load_file(File.join(ROOT, 'data/common.yaml')).freeze
  end

  # What a parameter of the class is where nobody sets it.
  def self.default(parameter)
    # Hiera wants a percent sign before a brace written like this.
    data.fetch("clone_army::#{parameter}").gsub("%{literal('%')}", '%')
  end

  # A modulepath with this module alone, which may lie in a folder of any name.
  def self.modulepath
    @modulepath ||= Dir.mktmpdir('modules').tap do |folder|
      File.symlink(ROOT, File.join(folder, NAME))
      at_exit { FileUtils.rm_rf(folder) }
    end
  end
end
