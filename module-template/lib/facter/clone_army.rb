# frozen_string_literal: true

# What the module needs to know about a host beyond the facts of Facter itself.
Facter.add(:clone_army) do
  confine kernel: 'Linux'

  # The agent's settings in [agent] and [main], by name. Read from the file: when Bolt collects facts, Puppet's settings are
  # those of Bolt. The encoding is given, because the locale of the process may be C.
  read_settings = lambda do
    file = ['/etc/puppetlabs/puppet/puppet.conf', '/etc/puppet/puppet.conf'].find { |path| File.readable?(path) }
    section = 'main'
    found = Hash.new { |sections, name| sections[name] = {} }
    (file ? File.read(file, mode: 'r:BOM|UTF-8').scrub.lines : []).each do |line|
      case line
      when %r{\A\s*\[(\w+)\]} then section = Regexp.last_match(1)
      when %r{\A\s*(\w+)\s*=\s*([^\s#]+)} then found[section][Regexp.last_match(1)] = Regexp.last_match(2)
      end
    end
    found['main'].merge(found['agent'])
  end

  # The server that the agent uses, under the name that it uses. In a run of the agent, its settings include those of the
  # command line.
  server = lambda do |settings|
    if defined?(Puppet) && Puppet.run_mode.agent?
      list = Puppet[:server_list]
      name = list.empty? ? Puppet[:server] : list.first
    else
      name = settings.fetch('server_list', settings['server'])
    end
    name && [name].flatten.first.split(%r{[,:]}).first.strip.downcase
  end

  # Memory limits of the control groups that clones are in, in bytes. Where the host is a container, the outermost is its own.
  limits = lambda do
    files = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/machine.slice/memory.max'].select { |file| File.readable?(file) }
    files.map { |file| File.read(file)[%r{\A\d+}] }.compact.map(&:to_i)
  end

  # Certificate of the agent that collects the facts, which servers encrypt secrets for.
  certificate = lambda do
    next unless defined?(Puppet) && Puppet.respond_to?(:run_mode) && Puppet.run_mode.name == :agent && File.readable?(Puppet[:hostcert])

    text = File.read(Puppet[:hostcert])
    text if [OpenSSL::PKey::RSA, OpenSSL::PKey::EC].include?(OpenSSL::X509::Certificate.new(text).public_key.class)
  rescue OpenSSL::OpenSSLError
    nil
  end

  setcode do
    version = Facter::Core::Execution.execute('systemctl --version', on_fail: '')[%r{\Asystemd (\d+)}, 1]
    settings = read_settings.call
    certname = settings['certname'] || Facter.value(:networking)&.fetch('fqdn', nil)
    # Puppet turns nil into an empty string.
    {
      'certname' => certname&.downcase,
      'memory_limit' => limits.call.min,
      'needrestart' => File.directory?('/etc/needrestart/conf.d'),
      'server' => server.call(settings),
      'systemd' => File.directory?('/run/systemd/system') && version ? version.to_i : nil,
      'certificate' => certificate.call,
    }.compact
  end
end
