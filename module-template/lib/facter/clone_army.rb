# frozen_string_literal: true

# What the module needs to know about a host beyond the facts of Facter itself.
Facter.add(:clone_army) do
  confine kernel: 'Linux'

  # The agent's own certname setting. Read from the file: when Bolt collects facts,
  # Puppet[:certname] is Bolt's setting, not the agent's.
  certname = lambda do
    file = ['/etc/puppetlabs/puppet/puppet.conf', '/etc/puppet/puppet.conf'].find { |path| File.readable?(path) }
    section = 'main'
    found = {}
    (file ? File.readlines(file, chomp: true) : []).each do |line|
      case line
      when %r{\A\s*\[(\w+)\]} then section = Regexp.last_match(1)
      when %r{\A\s*certname\s*=\s*([^\s#]+)} then found[section] = Regexp.last_match(1)
      end
    end
    (found['agent'] || found['main'] || Facter.value(:networking)&.fetch('fqdn', nil))&.downcase
  end

  # Certificate of the agent that collects the facts, which servers encrypt secrets for. That takes an RSA key.
  certificate = lambda do
    next unless defined?(Puppet) && Puppet.respond_to?(:run_mode) && Puppet.run_mode.name == :agent && File.readable?(Puppet[:hostcert])

    text = File.read(Puppet[:hostcert])
    text if OpenSSL::X509::Certificate.new(text).public_key.is_a?(OpenSSL::PKey::RSA)
  rescue OpenSSL::OpenSSLError
    nil
  end

  setcode do
    version = Facter::Core::Execution.execute('systemctl --version', on_fail: '')[%r{\Asystemd (\d+)}, 1]
    {
      'certname' => certname.call,
      'systemd' => File.directory?('/run/systemd/system') && version ? version.to_i : nil,
      'certificate' => certificate.call,
    }
  end
end
