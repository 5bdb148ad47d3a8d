# frozen_string_literal: true

# Compiles the files whose paths are on standard input. Writes `code` and `index` to this folder, for load.rb.
index = {}
File.open("#{__dir__}/code", 'wb') do |code|
  $stdin.each_line(chomp: true).uniq.each do |path|
    stat = File.stat(path)
    binary = RubyVM::InstructionSequence.compile_file(path).to_binary
    index[path] = [code.pos, binary.bytesize, stat.size, stat.ctime.to_i, stat.ctime.nsec]
    code.write(binary)
  end
end
File.binwrite("#{__dir__}/index", Marshal.dump([RUBY_DESCRIPTION, index]))
