# frozen_string_literal: true

require_relative 'sandbox'

# A host with the definition of the base image `web`, and with stand-ins for what bootstraps it and for its agent.
RSpec.shared_context 'with a base image' do
  let(:host) { Sandbox.new }
  let(:libexec) { '/usr/local/libexec/puppet-clone-army' }
  let(:definition) { '/etc/puppet-clone-army/bases/web' }
  let(:image) { '/var/lib/puppet-clone-army/web' }

  before do
    host.install_scripts('build-base')
    host.write("#{definition}/definition", <<~SHELL)
      OS='Debian'
      RELEASE='13'
      SUITE='trixie'
      BOOTSTRAPPER='stub'
      FLAVOUR='stub'
      SCRIPT='stub'
      SERVER='puppet.example.com'
      PACKAGES='nginx'
      LOCAL_PACKAGES=''
      MIRROR=''
    SHELL
    host.write("#{definition}/puppet.settings", "agent\truninterval\t10m\n")
    host.write("#{definition}/root-password", 'hunter-two')
    host.write('/etc/resolv.conf', "nameserver 192.0.2.53\n")
    host.write('/etc/hosts', "127.0.0.1 localhost\n")
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    host.write('/proc/1/mountinfo', '')
    host.write('/real-paths', '')

    # It would wait for everything that this machine is writing.
    host.stand_in('sync')
    bootstrap
    host.write("#{libexec}/compiled/compile-agent", '', 0o755)
    host.write("#{libexec}/flavours/stub.sh", "in_image install-the-agent\n")
    image_commands
  end

  after { host.remove }

  # A bootstrapper that creates the minimum that a build needs, and then runs the given lines.
  def bootstrap(lines = '')
    host.write("#{libexec}/bootstrap/stub.sh", <<~'SHELL' + lines, 0o755)
      #!/bin/sh
      set -eu
      mkdir -p "$root/etc/ssh" "$root/usr/share" "$root/var/lib/puppet/ssl"
      echo "$OS $RELEASE $SUITE$PACKAGES" > "$root/etc/bootstrapped"
      echo bootstrapped > "$root/etc/hostname"
      echo 0123 > "$root/etc/machine-id"
      touch "$root/etc/ssh/ssh_host_rsa_key" "$root/var/lib/puppet/ssl/key.pem"
    SHELL
  end

  # Replaces commands in the image: they print what those of an agent would, and keep their standard input.
  def image_commands(lines = '')
    host.stand_in('unshare', <<~SHELL + lines)
      case "$*" in
        *' puppet --version') echo 8.10.0 ;;
        *'puppet config print --color=false --section agent ssldir') echo /var/lib/puppet/ssl ;;
        *'puppet config print --color=false --section agent localcacert') echo /var/lib/puppet/ssl/certs/ca.pem ;;
        *'puppet config print --color=false --section agent csr_attributes') echo /etc/puppet/csr_attributes.yaml ;;
        *'puppet config print --color=false --section agent config') echo /etc/puppet/puppet.conf ;;
        *' puppet config print '*) printf '%s\\n' 'publicdir = /var/lib/puppet/public' 'statedir = /var/lib/puppet/state' 'ssldir = /var/lib/puppet/ssl' ;;
        *' realpath -m -- '*) for last; do :; done; [ -n "$last" ] || exit 1; sed -n "s:^$last ::p" '#{host.path("/real-paths")}' | grep . || echo "$last" ;;
        *' chpasswd') cat > '#{host.path("/passwords")}' ;;
      esac
    SHELL
  end

  def build
    host.run("#{libexec}/build-base", 'web')
  end

  def built?
    host.run("#{libexec}/build-base", '--check', 'web').status.zero?
  end

  # Commands that ran in the image.
  def commands
    host.calls('unshare').map { |call| call.drop(call.index('in_image') + 2).join(' ') }
  end

  # Entries in the folder of images.
  def images
    Dir.children(host.path('/var/lib/puppet-clone-army'))
  end
end
