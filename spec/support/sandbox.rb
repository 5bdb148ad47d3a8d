# frozen_string_literal: true

require 'fileutils'
require 'open3'
require 'tmpdir'
require_relative 'module_under_test'

# A folder that takes the place of a host's root, so that the module's scripts do not change the real host.
class Sandbox
  Outcome = Struct.new(:output, :errors, :status)

  # Paths in the scripts that are redirected to the sandbox. All other paths are those of the real host.
  HOST_PATHS = %r{
    (?<![\w\}])/(?:
      (?:etc|run|var/lib|usr/local/libexec)/puppet-clone-army | var/lib/machines | run/systemd | proc/sys | proc/1 |
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

  # Installs a script of the module, with paths that match redirected to the sandbox.
  def install(source, name, paths: HOST_PATHS)
    script = File.read(File.join(ModuleUnderTest::ROOT, 'files', source))
    write(name, script.gsub(paths) { |match| path(match) }, 0o755)
  end

  # Replaces a command with one that records its arguments and then runs the given lines of shell.
  def stand_in(command, lines = '')
    write("bin/#{command}", <<~SHELL, 0o755)
      #!/bin/sh
      { printf '%s\\0' "$@"; printf '\\001'; } >> '#{path("calls-#{command}")}'
      #{lines}
    SHELL
  end

  # Arguments of each call of a command replaced by {#stand_in}.
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
