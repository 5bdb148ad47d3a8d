# frozen_string_literal: true

# Has a process of the host that has loaded the agent fork a run in this clone, and waits until the run has ended. Where
# that cannot be, this process becomes the agent, as it would be without.
#
# usage: ruby --disable=gems,rubyopt forked-run.rb SOCKET AGENT WORD...
require 'socket'

path, *command = ARGV

# These settings are for Ruby itself, as in compiled/load.rb.
environment = ENV.reject { |name, _| name == 'RUBYOPT' || name.start_with?('RUBY_GC_') }
limits = Process.constants.grep(/\ARLIMIT_/).map do |name|
  number = Process.const_get(name)
  [number, *Process.getrlimit(number)].join(':')
end
words = command.drop(1)
strings = [
  command.first, Encoding.find('locale').name, Dir.pwd, File.umask.to_s(8), File.read('/proc/self/oom_score_adj').chomp,
  limits.join(' '), words.length, *words, *environment.map { |name, value| "#{name}=#{value}" }
].join("\0").b
socket = nil
files = [$stdin, $stdout, $stderr, *%w[mnt uts ipc cgroup pid net].map { |name| File.open("/proc/self/ns/#{name}") }]

# The next answer in two words, or nothing if there is none.
next_answer = lambda do
  socket.gets.to_s.split(' ', 2)
rescue SystemCallError
  []
end

begin
  socket = UNIXSocket.new(path)
  socket.sendmsg([strings.bytesize].pack('N'), 0, nil, Socket::AncillaryData.unix_rights(*files))
  socket.write(strings)
  answer, detail = next_answer.call
rescue SystemCallError
  answer = nil
end
exec(*command) unless answer == 'pid'

%w[HUP INT TERM USR1 USR2].each do |signal|
  trap(signal) do
    Process.kill(signal, Integer(detail, 10))
  rescue Errno::ESRCH
    # It has just ended.
  end
end
answer, detail = next_answer.call
case answer
when 'exit' then exit!(Integer(detail, 10))
when 'signal'
  signal = Integer(detail, 10)
  trap(signal, 'DEFAULT') unless signal == Signal.list['KILL']
  Process.kill(signal, Process.pid)
  sleep
else
  abort 'forked-run: the process that had forked the agent run was killed'
end
