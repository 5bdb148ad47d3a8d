# frozen_string_literal: true

# Loads the agent of a base image once, and forks each run that a clone asks for: loading is two fifths of what a run costs.
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
#
# Root in a clone sees the run from its fork on, and can open whatever the run has open. It must therefore have nothing of
# the host.
require 'socket'
require 'tmpdir'

# What a process has loaded, and whether another root has the same files where Ruby and the linker looked for them.
class LoadedFiles
  # Read when code is loaded.
  SETTINGS = ['/etc/ssl/openssl.cnf', '/etc/pki/tls/openssl.cnf', '/opt/puppetlabs/puppet/ssl/openssl.cnf'].freeze

  def initialize
    paths = features + libraries + SETTINGS + folders
    @stamps = paths.uniq.to_h { |path| [path, stamp(path)] }
  end

  # @return [String, nil] A file or folder that is not as it was
  def changed
    @stamps.find { |path, stamp| stamp(path) != stamp }&.first
  end

  private

  def features
    $LOADED_FEATURES.select { |path| path.start_with?('/') }
  end

  # Ruby itself, and libraries.
  def libraries
    File.readlines('/proc/self/maps').filter_map { |line| line[%r{ (/\S+)$}, 1] }
  end

  # A new file in one of these would be found first, or be found where there was none.
  def folders
    load_path = $LOAD_PATH.map(&:to_s)
    names = features.filter_map do |path|
      folder = load_path.find { |each| path.start_with?("#{each}/") }
      path.delete_prefix("#{folder}/") if folder
    end
    nested = names.flat_map { |name| ancestors(File.dirname(name)) }.uniq
    load_path.product(nested).map { |folder, name| "#{folder}/#{name}" } + Gem.path.map { |path| "#{path}/specifications" }
  end

  # The folder itself, and those that it is in.
  def ancestors(folder)
    folder.split('/').inject(['.']) { |all, part| all << "#{all.last}/#{part}" }
  end

  # The change time of a file cannot be set. That of a folder, and its size, are different where layers are merged.
  def stamp(path)
    stat = File.stat(path)
    time = stat.file? ? stat.ctime : stat.mtime
    [stat.file? && stat.size, time.to_i, time.nsec]
  rescue SystemCallError
    nil
  end
end

# The agent, loaded by this process.
class LoadedAgent
  # What a run does without a server, in parts, as in compile-agent. The unit gives this process no network.
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
    # Forks share what the collector need not look at any more.
    Process.respond_to?(:warmup) ? Process.warmup : 3.times { GC.start }
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
      folders = %w[confdir vardir ssldir publicdir logdir rundir].map { |name| "--#{name}=#{folder}" }
      run(words + ["--logdest=#{File::NULL}"] + folders)
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

# setns(2) and unshare(2), which Ruby does not have.
module Namespaces
  NUMBERS = { 'x86_64' => [308, 272], 'aarch64' => [268, 97] }.freeze
  CLONE_FS = 0x200
  # Types by name, in the order of a request. Clones share the users of the host.
  TYPES = {
    'mnt' => 0x20000, 'uts' => 0x4000000, 'ipc' => 0x8000000, 'pid' => 0x20000000, 'net' => 0x40000000, 'cgroup' => 0x2000000
  }.freeze

  module_function

  # @raise [ArgumentError] If a namespace is the one that this process is in. A run would stay on the host.
  def assert_foreign(name, file)
    own = File.stat("/proc/self/ns/#{name}")
    raise ArgumentError, "the namespace #{name} is not that of a clone" if own.ino == file.stat.ino
  end

  # Joins a namespace. That of processes is then the one of children only.
  #
  # @raise [SystemCallError] If the file is of another type
  def join(name, file)
    Kernel.syscall(number(0), file.fileno, TYPES.fetch(name))
  end

  # A process cannot join a mount namespace while it shares its working folder with its threads.
  def unshare_folder
    Kernel.syscall(number(1), CLONE_FS)
  end

  def number(index)
    NUMBERS.fetch(RbConfig::CONFIG['host_cpu'])[index]
  end
end

# What forked-run.rb in a clone asks for: three standard files, namespaces, and strings that are separated by NUL.
class Request
  # Of forked-run.rb. Clones that have not been restarted since an update may have another.
  VERSION = '1'
  STANDARD = 3
  FILES = STANDARD + Namespaces::TYPES.length
  SIZE_MAX = 4 * 1024 * 1024
  PATIENCE = 10

  attr_reader :agent, :encoding, :words

  def initialize(socket)
    @socket = socket
    @deadline = now + PATIENCE
    version, *strings = receive.split("\0", -1)
    raise ArgumentError, "version #{version[0, 9].inspect} of forked-run.rb" if version != VERSION

    @agent, @encoding, @folder, @umask, @nice, @oom_score, limits, count, *strings = strings
    @limits = limits.split.map { |limit| limit.split(':').map { |number| Integer(number, 10) } }
    @words = strings.shift(Integer(count, 10))
    @environment = strings.to_h { |variable| variable.split('=', 2) }
  end

  # Language of messages, which Puppet sets up when it is loaded.
  def language
    ['LC_ALL', 'LC_MESSAGES', 'LANG'].map { |name| @environment[name].to_s }.find { |value| value != '' }.to_s[/\A[A-Za-z]*/]
  end

  # Joins all namespaces but that of control groups.
  def join
    # In the clone, /proc does not show this process.
    namespaces.each { |name, file| Namespaces.assert_foreign(name, file) }
    Namespaces.unshare_folder
    namespaces.each { |name, file| Namespaces.join(name, file) unless name == 'cgroup' }
  end

  # Makes output go where that of the clone's process does.
  def adopt_files
    [$stdin, $stdout, $stderr].zip(@files) { |standard, file| standard.reopen(file) }
  end

  # Gives this process what else that of the request has, when it is in the clone's control group.
  def adopt
    Namespaces.join('cgroup', namespaces.fetch('cgroup'))
    @files.each(&:close)
    @limits.each { |resource, soft, hard| Process.setrlimit(resource, soft, hard) }
    File.write('/proc/self/oom_score_adj', @oom_score)
    Process.setpriority(Process::PRIO_PROCESS, 0, Integer(@nice, 10))
    File.umask(Integer(@umask, 8))
    Dir.chdir(@folder)
    Process.setsid
    ENV.replace(@environment)
    # Ruby reads the time zone again when this is set.
    ENV['TZ'] = ENV.fetch('TZ', nil)
  end

  private

  def namespaces
    Namespaces::TYPES.keys.zip(@files.drop(STANDARD)).to_h
  end

  def receive
    wait
    head, _, _, *controls = @socket.recvmsg(4, 0, scm_rights: true)
    @files = controls.flat_map { |control| control.unix_rights || [] }
    size = head.bytesize == 4 ? head.unpack1('N') : 0
    raise ArgumentError, 'not a request' unless @files.length == FILES && size.between?(1, SIZE_MAX)

    text = +''
    while text.bytesize < size
      wait
      text << @socket.readpartial(size - text.bytesize)
    end
    text.force_encoding(Encoding.default_external)
  end

  def wait
    raise ArgumentError, 'not a request in time' unless @socket.wait_readable([@deadline - now, 0].max)
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end
end

# Whoever has asked for a run, as the host sees it.
class Peer
  CLONE = %r{\A/(?:[^/]+/)*puppet-clone-army@[^/]+\.service/}.freeze

  def initialize(connection)
    @pid, = connection.getsockopt(:SOCKET, :PEERCRED).unpack('i')
    @status = File.read("/proc/#{@pid}/status")
  end

  # @return [String, nil] What a run would have that whoever asked has not. Root without some rights must not get them.
  def weakness
    return 'not root' unless ['Uid', 'Gid'].all? { |name| field(name).split.all?('0') }
    return 'without new privileges' unless field('NoNewPrivs') == '0'

    missing = File.read('/proc/self/status')[/^CapBnd:\s*(\h+)/, 1].hex & ~field('CapEff').hex
    format('without the capabilities %x', missing) if missing != 0
  end

  # Its control group. The path is whole, because this process is not in a container.
  #
  # @raise [ArgumentError] If it is not in a clone
  def control_group
    path = File.read("/proc/#{@pid}/cgroup")[/^0::(.*)$/, 1].to_s
    raise ArgumentError, "#{path} is no clone's control group" unless CLONE.match?(path)

    path
  end

  private

  def field(name)
    @status[/^#{name}:\s*(.*)$/, 1].to_s
  end
end

# One run, from the request to the end of the agent.
class Run
  REASON_MAX = 300

  def initialize(connection, agent)
    @connection = connection
    @agent = agent
  end

  def serve
    peer = Peer.new(@connection)
    group = peer.control_group
    request = Request.new(@connection)
    reason = refusal(peer, request)
    return refuse(reason) if reason

    processes = File.open("/sys/fs/cgroup#{group}/cgroup.procs", 'w')
    request.join
    fork_run(request, processes)
  rescue StandardError => e
    refuse("#{e.class}: #{e.message}")
  end

  private

  def refusal(peer, request)
    locale = Encoding.find('locale').name
    return "the agent is #{request.agent}, not #{@agent.path}" if request.agent != @agent.path
    return "the locale's encoding is #{request.encoding}, not #{locale}" if request.encoding != locale
    return "the language is #{request.language}" unless ['', 'C', 'POSIX', 'en'].include?(request.language)

    weakness = peer.weakness
    "the process in the clone is #{weakness}" if weakness
  end

  def fork_run(request, processes)
    reports, report = IO.pipe
    gate, go = IO.pipe
    ended, ring = IO.pipe
    trap('CHLD') { ring.write_nonblock('.') }
    child = fork do
      trap('CHLD', 'DEFAULT')
      [processes, reports, go, ended, ring, @connection].each(&:close)
      request.adopt_files
      report.puts(@agent.differs || Process.pid)
      report.close
      begin_run(request) if gate.read == 'go'
    end
    [report, gate].each(&:close)
    processes.syswrite(child.to_s)
    verdict = reports.gets(REASON_MAX).to_s.chomp
    return refuse(verdict) unless verdict.match?(/\A\d+\z/)
    # Whoever does not wait any more has started the agent.
    return unless answer('pid', verdict)

    go.write('go')
    go.close
    wait(child, ended)
  end

  # Nothing of this process may make runs of two clones alike.
  def begin_run(request)
    request.adopt
    srand
    OpenSSL::Random.seed(Random.urandom(64))
    # It reads its configuration when it is loaded.
    Facter::Options.init if defined?(Facter::Options)
    @agent.run(request.words)
  end

  # Ends the run if the clone does not wait for it any more.
  def wait(child, ended)
    ready, = IO.select([@connection, ended])
    Process.kill('KILL', child) unless ready.include?(ended)
    _, status = Process.wait2(child)
    status.signaled? ? answer('signal', status.termsig) : answer('exit', status.exitstatus)
  end

  def refuse(reason)
    text = reason[0, REASON_MAX].inspect
    warn "A run was left to its clone: #{text}"
    answer('refused', text)
  end

  # Whether the clone is there.
  def answer(word, detail)
    @connection.write("#{word} #{detail}\n")
    true
  rescue SystemCallError
    false
  end
end

# Has a helper for each connection. Nothing that a clone does ends this process.
def serve(server, agent)
  loop do
    connection = server.accept
    fork do
      trap('CHLD', 'DEFAULT')
      server.close
      Run.new(connection, agent).serve
      exit!
    end
  rescue SystemCallError => e
    warn "A run was left to its clone: #{e.message}"
    sleep 0.1
  ensure
    connection&.close
  end
end

if $PROGRAM_NAME == __FILE__
  # It is this file, on a file system of the host.
  $stdin.reopen(File::NULL)
  agent = LoadedAgent.new(ARGV[0])
  path = ARGV[1]
  File.delete(path) if File.socket?(path)
  server = UNIXServer.new(path)
  puts "#{$LOADED_FEATURES.length} files are loaded"
  $stdout.flush
  # Helpers are not waited for.
  trap('CHLD', 'IGNORE')
  serve(server, agent)
end
