# frozen_string_literal: true

# Makes Ruby use the code that was compiled when the base image was built. Ruby loads this file first (RUBYOPT).
#
# Ruby calls `load_iseq` before it compiles a file. Files that have changed since, or that are in a clone's overlay, have
# another inode change time. They are compiled from source, as are files that are not in the index.
module CloneCompiledCode
  FOLDER = __dir__

  class << self
    def load(path)
      offset, size, *stamp = @index[path]
      return unless offset && stamp == self.stamp(path)

      RubyVM::InstructionSequence.load_from_binary(@code.pread(size, offset))
    rescue SystemCallError
      nil
    end

    # Detects a changed file at the same path: unlike mtime, the inode's change time cannot be set.
    def stamp(path)
      stat = File.stat(path)
      [stat.size, stat.ctime.to_i, stat.ctime.nsec]
    end

    def enable
      ruby, @index = Marshal.load(File.binread("#{FOLDER}/index"))
      return unless ruby == RUBY_DESCRIPTION

      @code = File.open("#{FOLDER}/code", 'rb')
      RubyVM::InstructionSequence.singleton_class.define_method(:load_iseq) { |path| CloneCompiledCode.load(path) }
    end
  end
end

# These settings are for the agent, not for Ruby programs that it runs, which may use another Ruby.
ENV.delete_if { |name, _| name == 'RUBYOPT' || name.start_with?('RUBY_GC_') }
CloneCompiledCode.enable
