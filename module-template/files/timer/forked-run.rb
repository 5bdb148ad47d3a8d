# frozen_string_literal: true

# Has a process of the host that has loaded the agent fork a run in this clone, and waits until the run has ended. Where
# that cannot be, this process becomes the agent, as it would be without.
#
# usage: ruby --disable=gems,rubyopt forked-run.rb SOCKET AGENT WORD...
require 'socket'

# Of the request. The other side refuses another one.
VERSION = '1'

# Seconds until the run has to begin.
PATIENCE = 15

# Ruby and the linker have read them when the agent was loaded.
READ_BEFORE = %w[RUBYLIB GEM_HOME GEM_PATH LD_PRELOAD LD_LIBRARY_PATH OPENSSL_CONF OPENSSL_MODULES].freeze

path, *command = ARGV
exec(*command) if READ_BEFORE.any? { |name| ENV.key?(name) }

# These settings are for Ruby itself, as in compiled/load.rb.
environment = ENV.reject { |name, _| name == 'RUBYOPT' || name.start_with?('RUBY_GC_') }
limits = Process.constants.grep(/\ARLIMIT_/).map do |name|
  number = Process.const_get(name)
  [number, *Process.getrlimit(number)].join(':')
end
words = command.drop(1)
strings = [
  VERSION, command.first, Encoding.find('locale').name, Dir.pwd, File.umask.to_s(8),
  Process.getpriority(Process::PRIO_PROCESS, 0), File.read('/proc/self/oom_score_adj').chomp, limits.join(' '),
  words.length, *words, *environment.map { |name, value| "#{name}=#{value}" }
].join("\0").b
namespaces = %w[mnt uts ipc pid net cgroup].map { |name| File.open("/proc/self/ns/#{name}") }
files = [$stdin, $stdout, $stderr, *namespaces]
socket = nil

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
  answer, detail = next_answer.call if socket.wait_readable(PATIENCE)
rescue SystemCallError
  answer = nil
end
unless answer == 'pid'
  # The other side must not begin any more.
  socket&.close
  exec(*command)
end

pid = Integer(detail, 10)
passed = %w[HUP INT TERM USR1 USR2]
passed.each do |signal|
  trap(signal) do
    Process.kill(signal, pid)
  rescue Errno::ESRCH
    # It has just ended.
  end
end
answer, detail = next_answer.call
passed.each { |signal| trap(signal, 'SYSTEM_DEFAULT') }
case answer
when 'exit' then exit!(Integer(detail, 10))
when 'signal'
  # As shells report it where Ruby has a handler of its own.
  number = Integer(detail, 10)
  exit!(128 + number) unless (passed + %w[KILL]).include?(Signal.signame(number))
  Process.kill(number, Process.pid)
  sleep
else
  abort 'forked-run: the process that had forked the agent run was killed'
end
