# frozen_string_literal: true

require 'fileutils'
require 'open3'
require 'tmpdir'
require_relative 'module_under_test'

# A folder that stands for the root of a host, in which the module's scripts run without touching the real one.
class Sandbox
  Outcome = Struct.new(:output, :errors, :status)

  # What scripts name of a host; everything else they share with the real one.
  HOST_PATHS = %r{
    (?<![\w\}])/(?:
      (?:etc|var/lib|usr/local/libexec)/puppet-clone-army | var/lib/machines | run/systemd | proc/sys |
      etc/systemd | etc/resolv\.conf | etc/hosts
    )\b
  }x.freeze

  attr_reader :root

  def initialize
    @root = Dir.mktmpdir('host')
    FileUtils.mkdir_p(File.join(root, 'bin'))
  end

  def remove
    FileUtils.rm_rf(root)
  end

  def path(name)
    File.join(root, name)
  end

  def write(name, content, mode = 0o644)
    FileUtils.mkdir_p(File.dirname(path(name)))
    File.write(path(name), content)
    File.chmod(mode, path(name))
  end

  def read(name)
    File.read(path(name))
  end

  def exist?(name)
    File.exist?(path(name)) || File.symlink?(path(name))
  end

  def mode(name)
    format('%04o', File.stat(path(name)).mode & 0o7777)
  end

  # Puts a script of the module where a host has it; of the paths in it, those given become the sandbox's.
  def install(source, name, paths: HOST_PATHS)
    script = File.read(File.join(ModuleUnderTest::ROOT, 'files', source))
    write(name, script.gsub(paths) { |match| path(match) }, 0o755)
  end

  # A command that notes how it was called and then does as the given lines of shell say.
  def stand_in(command, lines = '')
    write("bin/#{command}", <<~SHELL, 0o755)
      #!/bin/sh
      { printf '%s\\0' "$@"; printf '\\001'; } >> '#{path("calls-#{command}")}'
      #{lines}
    SHELL
  end

  # The arguments of each call of a stand-in.
  def calls(command)
    return [] unless exist?("calls-#{command}")

    read("calls-#{command}").split("\1").map { |call| call.split("\0") }
  end

  def run(name, *arguments, **environment)
    environment = environment.to_h { |key, value| [key.to_s, value] }
    command = [environment.merge('PATH' => "#{path('bin')}:#{ENV.fetch('PATH')}"), path(name), *arguments]
    output, errors, status = Open3.capture3(*command, stdin_data: '')
    Outcome.new(output, errors, status.exitstatus)
  end
end
