# frozen_string_literal: true

# Loads the agent of a base image, and forks each run that a clone asks for: loading is half of what a run costs.
#
# Runs on the host, with the base image as its root and with no more rights than systemd-nspawn leaves to a clone.
# systemd passes this file on standard input, because it is not in the image.
#
# usage: ruby - AGENT SOCKET < preload.rb
#
#   AGENT    path of the agent's command in the image
#   SOCKET   path of the socket on which clones ask for runs
#
# A request comes from forked-run.rb. For each there is a helper, which joins the namespaces of the clone and forks the run
# into them and into the control group of whoever asked. The helper lives as long as the run, and outside of the clone.
# It answers with lines:
#
#   refused REASON   the clone has to start the agent itself
#   pid PID          the run is about to begin; its process in the clone
#   exit STATUS      it has ended
#   signal NUMBER    it was killed
require 'socket'
require 'tmpdir'

# What a process has loaded, and whether another root has the same files where Ruby looked for them.
class LoadedFiles
  def initialize
    @stamps = (files + folders).to_h { |path| [path, stamp(path)] }
  end

  # @return [String, nil] A file or folder that is not as it was
  def changed
    @stamps.find { |path, stamp| stamp(path) != stamp }&.first
  end

  private

  def files
    $LOADED_FEATURES.select { |path| path.start_with?('/') }
  end

  # A new file in one of these would be found first, or be found where there was none.
  def folders
    load_path = $LOAD_PATH.map(&:to_s)
    names = files.filter_map do |path|
      folder = load_path.find { |each| path.start_with?("#{each}/") }
      path.delete_prefix("#{folder}/") if folder
    end
    nested = names.flat_map { |name| File.dirname(name).split('/').inject(['.']) { |all, part| all << "#{all.last}/#{part}" } }.uniq
    load_path.product(nested).map { |folder, name| "#{folder}/#{name}" } + Gem.path.map { |path| "#{path}/specifications" }
  end

  def stamp(path)
    stat = File.stat(path)
    # The size of a folder depends on its file system, and on whether it is merged of several.
    [stat.file? ? stat.size : nil, stat.mtime.to_i, stat.mtime.nsec]
  rescue SystemCallError
    nil
  end
end

# The agent, loaded by this process.
class LoadedAgent
  # What a run does without a server, in parts. The unit gives this process no network.
  TRIALS = [
    %w[facts],
    ['apply', '--execute', "notify { 'loaded': }"],
    %w[agent --onetime --no-daemonize --waitforcert=0],
  ].freeze

  attr_reader :path

  def initialize(path)
    @path = path
    Dir.mktmpdir do |folder|
      TRIALS.flat_map { |words| files_of(words, folder) }.uniq.each { |file| load_file(file) }
    end
    @files = LoadedFiles.new
    3.times { GC.start }
    Process.warmup if Process.respond_to?(:warmup)
  end

  # @return [String, nil] Why the agent of the root that this process is in now would not be the same
  def differs
    changed = @files.changed
    "#{changed} is not that of the base image" if changed
  end

  # Runs the agent's command in this process, which should be a fork.
  def run(words)
    ARGV.replace(words)
    $PROGRAM_NAME = path
    load(path)
  end

  private

  # The files that a command of the agent requires, in the order in which Ruby begins to load them. A fork tries it, so that
  # nothing but code stays in this process: no settings, no facts, no open files.
  def files_of(words, folder)
    reader, writer = IO.pipe
    pid = fork do
      reader.close
      begun = note_files
      at_exit { writer.write((begun & $LOADED_FEATURES).join("\n")) }
      [$stdout, $stderr].each { |output| output.reopen(File::NULL) }
      run(words + ["--logdest=#{File::NULL}"] + %w[confdir vardir ssldir publicdir logdir rundir].map { |name| "--#{name}=#{folder}" })
    end
    writer.close
    reader.read.split("\n")
  ensure
    reader.close
    Process.wait(pid)
  end

  def note_files
    begun = []
    iseq = RubyVM::InstructionSequence
    compiled = iseq.respond_to?(:load_iseq) ? iseq.method(:load_iseq) : proc {}
    iseq.define_singleton_method(:load_iseq) do |path|
      begun << path
      compiled.call(path)
    end
    begun
  end

  def load_file(file)
    require file
  rescue StandardError, ScriptError => e
    warn "#{file} is left to the runs: #{e.message}"
  end
end

# What forked-run.rb in a clone asks for. It has three standard files, namespaces, and strings that are separated by NUL.
class Request
  STANDARD = 3
  # Mounts, host name, IPC, control groups, processes and network. Clones share the users of the host.
  NAMESPACES = 6
  FILES = STANDARD + NAMESPACES
  SIZE_MAX = 4 * 1024 * 1024

  attr_reader :agent, :encoding, :words

  def initialize(socket)
    text, @files = receive(socket)
    @agent, @encoding, @folder, @umask, @oom_score, limits, count, *strings = text.split("\0", -1)
    @limits = limits.split.map { |limit| limit.split(':').map { |number| Integer(number, 10) } }
    @words = strings.shift(Integer(count, 10))
    @environment = strings.to_h { |variable| variable.split('=', 2) }
  end

  # Joins the namespaces. The process namespace is that of children only.
  def join
    unshare_folder
    @files.drop(STANDARD).each { |file| Kernel.syscall(SETNS, file.fileno, 0) }
  end

  # Gives this process what that of the request has.
  def adopt
    [$stdin, $stdout, $stderr].zip(@files) { |standard, file| standard.reopen(file) }
    @files.each(&:close)
    @limits.each { |resource, soft, hard| Process.setrlimit(resource, soft, hard) }
    File.write('/proc/self/oom_score_adj', @oom_score)
    File.umask(Integer(@umask, 8))
    Dir.chdir(@folder)
    Process.setsid
    ENV.replace(@environment)
  end

  # Numbers of setns(2) and unshare(2).
  SETNS, UNSHARE = RbConfig::CONFIG['host_cpu'] == 'x86_64' ? [308, 272] : [268, 97]
  CLONE_FS = 0x200

  private

  def receive(socket)
    head, _, _, *controls = socket.recvmsg(4, 0, scm_rights: true)
    files = controls.flat_map { |control| control.unix_rights || [] }
    size = head.unpack1('N')
    raise ArgumentError, 'not a request' unless files.length == FILES && size && size <= SIZE_MAX

    [socket.read(size).force_encoding(Encoding.default_external), files]
  end

  # A process cannot join a mount namespace while it shares its working folder with its threads.
  def unshare_folder
    Kernel.syscall(UNSHARE, CLONE_FS)
  end
end

# One run, from the request to the end of the agent.
class Run
  CLONE = %r{\A/(?:[^/]+/)*puppet-clone-army@[^/]+\.service/}.freeze

  def initialize(connection, agent)
    @connection = connection
    @agent = agent
  end

  def serve
    request = Request.new(@connection)
    reason = refusal(request)
    return answer('refused', reason) if reason

    processes = File.open("/sys/fs/cgroup#{control_group}/cgroup.procs", 'w')
    request.join
    fork_run(request, processes)
  rescue StandardError => e
    answer('refused', "#{e.class}: #{e.message}")
  end

  private

  def refusal(request)
    return "the agent is #{request.agent}, not #{@agent.path}" if request.agent != @agent.path

    locale = Encoding.find('locale').name
    "the locale's encoding is #{request.encoding}, not #{locale}" if request.encoding != locale
  end

  # The control group of whoever asks, which is a clone's: the file has the whole path, because this process is not in a
  # container.
  def control_group
    pid, = @connection.getsockopt(:SOCKET, :PEERCRED).unpack('i')
    path = File.read("/proc/#{pid}/cgroup")[/^0::(.*)$/, 1].to_s
    raise ArgumentError, "#{path} is no clone's control group" unless CLONE.match?(path)

    path
  end

  def fork_run(request, processes)
    reports, report = IO.pipe
    gate, go = IO.pipe
    child = fork do
      [reports, go, @connection].each(&:close)
      report.puts(@agent.differs || Process.pid)
      report.flush
      begin_run(request) if gate.read == 'go'
    end
    [report, gate].each(&:close)
    processes.syswrite(child.to_s)
    verdict = reports.gets.to_s.chomp
    return answer('refused', verdict) unless verdict.match?(/\A\d+\z/)

    answer('pid', verdict)
    go.write('go')
    go.close
    wait(child, reports)
  end

  # Nothing of this process may make runs of two clones alike.
  def begin_run(request)
    request.adopt
    srand
    OpenSSL::Random.seed(Random.urandom(64))
    @agent.run(request.words)
  end

  # Ends the run if the clone does not wait for it any more.
  def wait(child, reports)
    ready, = IO.select([@connection, reports])
    Process.kill('KILL', child) if ready.include?(@connection)
    _, status = Process.wait2(child)
    status.signaled? ? answer('signal', status.termsig) : answer('exit', status.exitstatus)
  end

  def answer(word, detail)
    warn "A run was left to its clone: #{detail}" if word == 'refused'
    @connection.write("#{word} #{detail}\n")
  rescue SystemCallError
    # The clone has gone.
  end
end

if $PROGRAM_NAME == __FILE__
  agent = LoadedAgent.new(ARGV[0])
  path = ARGV[1]
  File.delete(path) if File.socket?(path)
  server = UNIXServer.new(path)
  puts "#{$LOADED_FEATURES.length} files are loaded"
  $stdout.flush
  # Helpers are not waited for.
  trap('CHLD', 'IGNORE')
  loop do
    connection = server.accept
    fork do
      trap('CHLD', 'DEFAULT')
      server.close
      Run.new(connection, agent).serve
      exit!
    end
    connection.close
  end
end
