# frozen_string_literal: true

# Compiles the files whose paths come on standard input into `code` and `index`, beside this file, for load.rb.
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
