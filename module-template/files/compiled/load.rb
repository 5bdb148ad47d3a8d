# frozen_string_literal: true

# Code that was compiled when the base image was built, for a Ruby that is told to load this first (RUBYOPT).
#
# Ruby asks `load_iseq` for each file before it compiles it. A file whose inode was changed since, or that stands in a
# clone's overlay, is another one to the kernel: it is compiled from its source, as is all that is not in here.
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

    # What tells one file from another at the same path; nobody can set the time of a change of an inode.
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

# Programs that the agent runs may be of another Ruby, and are of another size.
ENV.delete_if { |name, _| name == 'RUBYOPT' || name.start_with?('RUBY_GC_') }
CloneCompiledCode.enable
