# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/build-base' do
  let(:host) { Sandbox.new }
  let(:libexec) { '/usr/local/libexec/puppet-clone-army' }
  let(:definition) { '/etc/puppet-clone-army/bases/web' }
  let(:image) { '/var/lib/puppet-clone-army/web' }

  before do
    ['common.sh', 'disk.sh', 'image.sh', 'agent.sh', 'build-base'].each { |name| host.install(name, "#{libexec}/#{name}") }
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

    bootstrap
    host.write("#{libexec}/compiled/compile-agent", '', 0o755)
    host.write("#{libexec}/flavours/stub.sh", "in_image install-the-agent\n")
    image_answers
  end

  after { host.remove }

  # A bootstrapper that lays out the little that a build needs, and then does as the given lines say.
  def bootstrap(lines = '')
    host.write("#{libexec}/bootstrap/stub.sh", <<~'SHELL' + lines, 0o755)
      #!/bin/sh
      set -eu
      mkdir -p "$root/etc/ssh" "$root/usr/share" "$root/var/lib/puppet/ssl"
      echo "$OS $RELEASE $SUITE $PACKAGES" > "$root/etc/laid-out"
      echo laid-out > "$root/etc/hostname"
      echo 0123 > "$root/etc/machine-id"
      touch "$root/etc/ssh/ssh_host_rsa_key" "$root/var/lib/puppet/ssl/key.pem"
    SHELL
  end

  # Commands that are run in the image answer as an agent does; what they are fed is kept.
  def image_answers(lines = '')
    host.stand_in('unshare', <<~SHELL + lines)
      case "$*" in
        *' puppet --version') echo 8.10.0 ;;
        *'puppet config print --color=false --section agent ssldir') echo /var/lib/puppet/ssl ;;
        *'puppet config print --color=false --section agent localcacert') echo /var/lib/puppet/ssl/certs/ca.pem ;;
        *'puppet config print --color=false --section agent csr_attributes') echo /etc/puppet/csr_attributes.yaml ;;
        *'puppet config print --color=false --section agent config') echo /etc/puppet/puppet.conf ;;
        *' puppet config print '*) printf '%s\\n' 'publicdir = /var/lib/puppet/public' 'statedir = /var/lib/puppet/state' 'ssldir = /var/lib/puppet/ssl' ;;
        *'puppet config set'*) cat > '#{host.path("/settings")}' ;;
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

  # Commands that were run in the image.
  def commands
    host.calls('unshare').map { |call| call.drop(call.index('in_image') + 2).join(' ') }
  end

  # What lies beside each other in the folder of images.
  def images
    Dir.children(host.path('/var/lib/puppet-clone-army'))
  end

  it 'makes an image of the system that the definition names' do
    expect(build).to have_attributes(status: 0, errors: '', output: /web: laying out Debian 13 with stub.*web: done, agent 8\.10\.0\n\z/m)
    expect(host.read("#{image}/etc/laid-out")).to eq("Debian 13 trixie nginx\n")
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'gets the agent in by way of the flavour' do
    build
    expect(commands).to include('install-the-agent')
  end

  it 'has the agent itself write its settings' do
    build
    expect(host.read('/settings').lines(chomp: true)).to eq(
      ["main\tserver\tpuppet.example.com", "agent\tusecacheonfailure\tfalse", "agent\truninterval\t10m"],
    )
  end

  it 'keeps where the agent has its files, for tasks to read' do
    build
    expect(JSON.parse(host.read("#{image}/usr/share/puppet-clone-army/agent.json"))).to eq(
      'version' => '8.10.0',
      'publicdir' => '/var/lib/puppet/public',
      'statedir' => '/var/lib/puppet/state',
      'ssldir' => '/var/lib/puppet/ssl',
    )
  end

  describe 'compiling ahead' do
    def compiling
      commands.find { |command| command.end_with?('/compile-agent') }
    end

    it 'is done in the image, where no server can be reached' do
      build
      expect(compiling).to eq('unshare --net /usr/share/puppet-clone-army/compiled/compile-agent')
      expect(host.exist?("#{image}/usr/share/puppet-clone-army/compiled/compile-agent")).to be(true)
    end

    it 'fails no build' do
      image_answers('case "$*" in *compile-agent) exit 1 ;; esac')
      expect(build).to have_attributes(status: 0, output: /nothing is compiled ahead/)
    end
  end

  it 'leaves nothing in the image that each clone has to make for itself' do
    build
    gone = ['etc/hostname', 'etc/resolv.conf', 'etc/ssh/ssh_host_rsa_key', 'var/lib/puppet/ssl'].map { |name| host.exist?("#{image}/#{name}") }
    expect(gone).to all(be(false))
    expect(host.read("#{image}/etc/machine-id")).to eq('')
  end

  it 'takes back the certname that an installer took' do
    host.write("#{libexec}/flavours/stub.sh", <<~'SHELL')
      mkdir -p "$root/etc/puppet"
      printf '[main]\n  certname = build.example.com\nserver = other\n' > "$root/etc/puppet/puppet.conf"
    SHELL
    build
    expect(host.read("#{image}/etc/puppet/puppet.conf")).to eq("[main]\nserver = other\n")
  end

  describe 'the certificate of the CA' do
    it 'stays, where the definition has one, and nothing beside it' do
      host.write("#{definition}/ca.pem", 'a certificate')
      build
      expect(host.read("#{image}/var/lib/puppet/ssl/certs/ca.pem")).to eq('a certificate')
      expect(host.exist?("#{image}/var/lib/puppet/ssl/key.pem")).to be(false)
    end
  end

  describe 'attributes for certificate signing requests' do
    it 'are where the agent looks for them, and for nobody else to read' do
      host.write("#{definition}/csr_attributes.yaml", "---\n")
      build
      expect(host.mode("#{image}/etc/puppet/csr_attributes.yaml")).to eq('0600')
    end
  end

  describe 'local packages' do
    let(:file) { host.path('/srv/agent.deb') }

    def definition_with_local_package
      text = host.read("#{definition}/definition")
      host.write("#{definition}/definition", text.sub("LOCAL_PACKAGES=''", "LOCAL_PACKAGES='#{file}'"))
    end

    it 'are installed by the package manager of the image, and do not stay as files' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package

      expect(build.status).to eq(0)
      expect(commands).to include(%r{ install_packages /var/tmp/clone-army/agent\.deb\z}m)
      expect(host.exist?("#{image}/var/tmp/clone-army")).to be(false)
    end

    it 'have the image built anew when a file changes' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package
      build
      expect(built?).to be(true)

      host.write('/srv/agent.deb', 'another package')
      expect(built?).to be(false)
    end

    it 'are missed by name' do
      definition_with_local_package

      expect(build).to have_attributes(status: be_positive, errors: /web: there is no #{file}, one of its local_packages/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'setup scripts' do
    it 'run in their order, by the shell unless they name an interpreter' do
      host.write("#{definition}/setup/001", "echo one\n")
      host.write("#{definition}/setup/002", "#!/usr/bin/env ruby\n")

      expect(build.status).to eq(0)
      expect(commands.grep(%r{/setup-00})).to eq(['sh -e /var/tmp/clone-army/setup-001', '/var/tmp/clone-army/setup-002'])
    end

    it 'fail the build with their output' do
      host.write("#{definition}/setup/001", "echo one\n")
      image_answers("case \"$*\" in *setup-001) echo out of luck; exit 3 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, output: /out of luck/, errors: /web: setup script 001 failed with exit code 3/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'the password of root' do
    it 'goes to the image where no list of processes shows it' do
      build
      expect(host.read('/passwords')).to eq('root:hunter-two')
      expect(commands.grep(/hunter-two/)).to be_empty
    end

    it 'locks the account when empty' do
      host.write("#{definition}/root-password", '')
      build

      expect(commands).to include('usermod --lock root')
      expect(host.exist?('/passwords')).to be(false)
    end
  end

  describe 'the check' do
    it('fails without an image') { expect(built?).to be(false) }

    it 'passes after a build' do
      build
      expect(built?).to be(true)
    end

    ['definition', 'puppet.settings', 'root-password'].each do |name|
      it "fails after a change of #{name}" do
        build
        File.write(host.path("#{definition}/#{name}"), "\n", mode: 'a')

        expect(built?).to be(false)
      end
    end

    it 'passes after a change of the credentials, which do not go into the image' do
      build
      host.write("#{definition}/credentials", "forge-key\nanother\n")

      expect(built?).to be(true)
    end

    it 'passes after an edit of the image, which is for users to make' do
      build
      host.write("#{image}/etc/motd", 'edited')

      expect(built?).to be(true)
    end

    it 'keeps from other users what would let them guess the password' do
      build
      expect(host.mode("#{image}/usr/share/puppet-clone-army/definition.sha256")).to eq('0600')
    end
  end

  describe 'a build that fails' do
    it 'leaves nothing when the system cannot be laid out' do
      bootstrap("echo no mirror >&2\nexit 1\n")

      expect(build).to have_attributes(status: be_positive, errors: /no mirror/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing when the agent cannot be installed' do
      image_answers("case \"$*\" in *install-the-agent) exit 1 ;; esac\n")

      expect(build.status).to be_positive
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing when there is no agent after its installation' do
      image_answers("case \"$*\" in *'command -v puppet > /dev/null') exit 1 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, errors: /web: there is no agent in the image after its installation \(stub\)/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves the image that there was' do
      build
      host.write("#{image}/etc/motd", 'edited')
      bootstrap("exit 1\n")

      expect(build.status).to be_positive
      expect(host.read("#{image}/etc/motd")).to eq('edited')
      expect(images).to contain_exactly('web', '.web.lock')
    end
  end

  it 'does not begin where an image has no room, but for what an interrupted build left' do
    host.write("#{image}-building/etc/half-done", '')
    host.stand_in('df', "printf '%s\\n' Avail 1023")

    expect(build).to have_attributes(status: 1, output: '', errors: /web: the build of an image takes 1024 MiB, but .* has 1023 MiB free; make room there/)
    expect(images).to contain_exactly('.web.lock')
  end

  it 'starts over where an earlier build was interrupted' do
    host.write("#{image}-building/etc/half-done", '')
    build

    expect(host.exist?("#{image}/etc/half-done")).to be(false)
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'keeps a replaced image, on which clones may stand, until the next build' do
    2.times do |i|
      build
      host.write("#{image}/etc/motd", "edited #{i}")
    end
    build

    expect(host.read("#{image}-replaced/etc/motd")).to eq('edited 1')
    expect(host.exist?("#{image}/etc/motd")).to be(false)
  end

  it 'does not meddle with another build of the same image' do
    File.open(host.path('/var/lib/puppet-clone-army/.web.lock'), 'w') do |lock|
      lock.flock(File::LOCK_EX)
      host.write("#{image}-building/etc/under-way", '')

      expect(build).to have_attributes(status: 1, errors: /another build of web is under way/)
      expect(host.exist?("#{image}-building/etc/under-way")).to be(true)
    end
  end

  it('says how it is called') { expect(host.run("#{libexec}/build-base")).to have_attributes(status: be_positive, errors: /usage: build-base/) }
end
