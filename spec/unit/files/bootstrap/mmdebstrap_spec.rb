# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# A module without an image of this family comes without the script.
describe 'files/bootstrap/mmdebstrap.sh', if: File.exist?(File.join(ModuleUnderTest::ROOT, 'files/bootstrap/mmdebstrap.sh')) do
  let(:host) { Sandbox.new }
  let(:environment) { { root: host.path('/image'), OS: 'Debian', SUITE: 'trixie', MIRROR: '', PACKAGES: '' } }

  before do
    host.install('common.sh', '/libexec/common.sh')
    host.install('bootstrap/mmdebstrap.sh', '/libexec/bootstrap/mmdebstrap.sh', paths: %r{/usr/share/keyrings(?=/)|/etc/os-release\b})
    host.write('/etc/os-release', "PRETTY_NAME=x\nID=debian\n")
    host.stand_in('apt-config', %(echo 'APT::Architecture "amd64";'\necho 'Acquire::http::Proxy "http://proxy.example.com:3128";'))
    host.stand_in('mmdebstrap', <<~'SHELL')
      cat > "${0%/*}/../sources"
      for argument; do case $argument in --aptopt=*) cp "${argument#--aptopt=}" "${0%/*}/../options" ;; esac; done
      mkdir -p "${0%/*}/../image/etc/systemd/system"
    SHELL
    apt_sources('http://mirror.example.com/debian trixie main', 'http://mirror.example.com/debian trixie-updates main',
                'http://mirror.example.com/debian trixie contrib', 'http://mirror.example.com/debian-security trixie-security main')
  end

  after { host.remove }

  # A host that has its packages from these.
  def apt_sources(*lines)
    host.stand_in('apt-get', "[ \"$1\" != indextargets ] || printf '%s' '#{lines.map { |line| "#{line}\n" }.join}'")
  end

  def bootstrap(**changes)
    host.run('/libexec/bootstrap/mmdebstrap.sh', **environment, **changes)
  end

  def sources
    host.read('/sources').lines(chomp: true)
  end

  def arguments
    host.calls('mmdebstrap').first
  end

  it 'lays out the suite in the folder that it is given' do
    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(arguments.last(3)).to eq(['trixie', host.path('/image'), '-'])
    expect(arguments).to include('--variant=minbase')
  end

  it 'installs what a container needs to boot, and further packages along with it' do
    bootstrap(PACKAGES: 'nginx g++')
    list = arguments.find { |argument| argument.start_with?('--include=') }.delete_prefix('--include=').split(',')
    expect(list).to include('systemd-sysv', 'dbus', 'procps', 'ca-certificates', 'nginx', 'g++')
  end

  it 'has packages, updates and security fixes from where this host has its own' do
    bootstrap
    expect(sources).to eq(
      [
        'deb http://mirror.example.com/debian trixie main',
        'deb http://mirror.example.com/debian trixie-updates main',
        'deb http://mirror.example.com/debian-security trixie-security main',
      ],
    )
  end

  it 'has another suite than that of this host from its main archive' do
    bootstrap(SUITE: 'bookworm')
    expect(sources).to eq(['deb http://mirror.example.com/debian bookworm main'])
  end

  it 'has packages from the mirror alone where there is one' do
    bootstrap(MIRROR: 'http://mirror.example.com/debian')
    expect(sources).to eq(['deb http://mirror.example.com/debian trixie main'])
  end

  describe 'the system of another distribution' do
    let(:environment) { super().merge(OS: 'Ubuntu', SUITE: 'noble', MIRROR: 'http://mirror.example.com/ubuntu') }
    let(:keyring) { '/usr/share/keyrings/ubuntu-archive-keyring.gpg' }

    it 'is checked by the keys of that distribution, and has the component that holds the agent' do
      host.write(keyring, 'keys')

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(arguments).to include("--keyring=#{host.path(keyring)}")
      expect(sources).to eq(['deb http://mirror.example.com/ubuntu noble main universe'])
    end

    it 'is not used unchecked' do
      expect(bootstrap).to have_attributes(status: 1, errors: /no .*ubuntu-archive-keyring\.gpg to check packages of Ubuntu with; install ubuntu-keyring/)
      expect(host.calls('mmdebstrap')).to be_empty
    end

    it 'is checked by what apt trusts where it is that of the host' do
      host.write('/etc/os-release', "ID=ubuntu\n")
      bootstrap
      expect(arguments.grep(/keyring/)).to be_empty
    end
  end

  it 'reaches the archive by the proxy of this host' do
    bootstrap
    expect(host.read('/options')).to eq(%(Acquire::http::Proxy "http://proxy.example.com:3128";\n))
  end

  it 'keeps each clone from fetching lists of packages by itself' do
    bootstrap
    links = ['apt-daily', 'apt-daily-upgrade'].map { |name| File.readlink(host.path("/image/etc/systemd/system/#{name}.timer")) }
    expect(links).to all(eq('/dev/null'))
  end

  it 'asks for a mirror where this host knows no archive' do
    apt_sources

    expect(bootstrap).to have_attributes(status: 1, errors: /no archive with trixie; set mirror in the definition of the base image/)
    expect(host.calls('mmdebstrap')).to be_empty
  end

  it 'fetches the lists of packages first where there are none' do
    apt_sources
    bootstrap

    expect(host.calls('apt-get')).to include(['-qq', 'update'])
  end

  it 'fails where mmdebstrap does' do
    host.stand_in('mmdebstrap', 'exit 1')

    expect(bootstrap.status).to be_positive
  end
end
