# frozen_string_literal: true

# Compiles the files whose paths are on standard input. Writes `code` and `index` to this folder, for load.rb.
#
# The index has a checksum of itself, and of the compiled code of each file. It is complete before it has its name.
code = "#{__dir__}/code"
index = "#{__dir__}/index"
begin
  entries = {}
  File.open("#{code}.new", 'wb') do |file|
    $stdin.each_line(chomp: true).uniq.each do |path|
      stat = File.stat(path)
      binary = RubyVM::InstructionSequence.compile_file(path).to_binary
      entries[path] = [file.pos, binary.bytesize, binary.sum(32), stat.size, stat.ctime.to_i, stat.ctime.nsec]
      file.write(binary)
    end
  end
  data = Marshal.dump([RUBY_DESCRIPTION, entries])
  File.binwrite("#{index}.new", "#{data.sum(32)}\n#{data}")
  File.rename("#{code}.new", code)
  File.rename("#{index}.new", index)
ensure
  ["#{code}.new", "#{index}.new"].each { |file| File.delete(file) if File.file?(file) }
end
