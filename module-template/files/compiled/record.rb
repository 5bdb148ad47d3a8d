# frozen_string_literal: true

# Appends the path of each file that Ruby compiles to the file LOADED. Ruby loads this file first (RUBYOPT).
loaded = []
RubyVM::InstructionSequence.singleton_class.define_method(:load_iseq) do |path|
  loaded << path
  nil
end
at_exit { File.write(ENV.fetch('LOADED'), loaded.map { |path| "#{path}\n" }.join, mode: 'a') }
