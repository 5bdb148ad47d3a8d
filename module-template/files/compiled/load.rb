# frozen_string_literal: true

# Makes Ruby use the code that was compiled when the base image was built. Ruby loads this file first (RUBYOPT).
#
# Ruby calls `load_iseq` before it compiles a file. Files that have changed since, or that are in a clone's overlay, have
# another inode change time. They are compiled from source, as are files that are not in the index, and files whose
# compiled code is damaged: Ruby would crash on it.
module CloneCompiledCode
  FOLDER = __dir__

  # What damaged files can raise. Not Exception, which includes signals.
  DAMAGE = [StandardError, ScriptError, NoMemoryError, SystemStackError].freeze

  class << self
    def load(path)
      offset, size, sum, *stamp = @index[path]
      return unless offset && stamp == self.stamp(path)

      binary = @code.pread(size, offset)
      RubyVM::InstructionSequence.load_from_binary(binary) if binary.sum(32) == sum
    rescue *DAMAGE
      nil
    end

    # Detects a changed file at the same path: unlike mtime, the inode's change time cannot be set.
    def stamp(path)
      stat = File.stat(path)
      [stat.size, stat.ctime.to_i, stat.ctime.nsec]
    end

    def enable
      sum, data = File.binread("#{FOLDER}/index").split("\n", 2)
      return unless data && sum == data.sum(32).to_s

      ruby, @index = Marshal.load(data)
      return unless ruby == RUBY_DESCRIPTION

      @code = File.open("#{FOLDER}/code", 'rb')
      RubyVM::InstructionSequence.singleton_class.define_method(:load_iseq) { |path| CloneCompiledCode.load(path) }
    rescue *DAMAGE
      nil
    end
  end
end

begin
  require_relative 'known_gems'
rescue *CloneCompiledCode::DAMAGE
  nil
end

# These settings are for the agent, not for Ruby programs that it runs, which may use another Ruby.
ENV.delete_if { |name, _| name == 'RUBYOPT' || name.start_with?('RUBY_GC_') }
CloneCompiledCode.enable
