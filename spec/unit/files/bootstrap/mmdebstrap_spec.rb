# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# A module without images of this family does not include the script.
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

  # Gives the host these package sources.
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

  it 'bootstraps the suite in the given folder' do
    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(arguments.last(3)).to eq(['trixie', host.path('/image'), '-'])
    expect(arguments).to include('--variant=minbase')
  end

  it 'installs what a container needs to boot, and further packages' do
    bootstrap(PACKAGES: 'nginx g++')
    list = arguments.find { |argument| argument.start_with?('--include=') }.delete_prefix('--include=').split(',')
    expect(list).to include('systemd-sysv', 'dbus', 'procps', 'ca-certificates', 'nginx', 'g++')
  end

  it 'uses the sources of this host, with updates and security fixes' do
    bootstrap
    expect(sources).to eq(
      [
        'deb http://mirror.example.com/debian trixie main',
        'deb http://mirror.example.com/debian trixie-updates main',
        'deb http://mirror.example.com/debian-security trixie-security main',
      ],
    )
  end

  it 'uses the main archive of this host for another suite' do
    bootstrap(SUITE: 'bookworm')
    expect(sources).to eq(['deb http://mirror.example.com/debian bookworm main'])
  end

  it 'uses only the mirror, if there is one' do
    bootstrap(MIRROR: 'http://mirror.example.com/debian')
    expect(sources).to eq(['deb http://mirror.example.com/debian trixie main'])
  end

  describe 'another distribution' do
    let(:environment) { super().merge(OS: 'Ubuntu', SUITE: 'noble', MIRROR: 'http://mirror.example.com/ubuntu') }
    let(:keyring) { '/usr/share/keyrings/ubuntu-archive-keyring.gpg' }

    it 'is verified with its own keyring, and has the component with the agent' do
      host.write(keyring, 'keys')

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(arguments).to include("--keyring=#{host.path(keyring)}")
      expect(sources).to eq(['deb http://mirror.example.com/ubuntu noble main universe'])
    end

    it 'is not used without a keyring' do
      expect(bootstrap).to have_attributes(status: 1, errors: /no .*ubuntu-archive-keyring\.gpg to verify packages of Ubuntu; install .*ubuntu-keyring/)
      expect(host.calls('mmdebstrap')).to be_empty
    end

    it 'is verified with the keys that apt trusts if the host runs it, too' do
      host.write('/etc/os-release', "ID=ubuntu\n")
      bootstrap
      expect(arguments.grep(/keyring/)).to be_empty
    end
  end

  it 'uses the proxy of this host' do
    bootstrap
    expect(host.read('/options')).to eq(%(Acquire::http::Proxy "http://proxy.example.com:3128";\n))
  end

  it 'keeps clones from downloading package lists' do
    bootstrap
    links = ['apt-daily', 'apt-daily-upgrade'].map { |name| File.readlink(host.path("/image/etc/systemd/system/#{name}.timer")) }
    expect(links).to all(eq('/dev/null'))
  end

  it 'asks for a mirror if this host has no archive' do
    apt_sources

    expect(bootstrap).to have_attributes(status: 1, errors: /no archive for trixie; set the parameter mirror of the base image/)
    expect(host.calls('mmdebstrap')).to be_empty
  end

  it 'downloads package lists first if there are none' do
    apt_sources
    bootstrap

    expect(host.calls('apt-get')).to include(['-qq', 'update'])
  end

  it 'fails if mmdebstrap fails' do
    host.stand_in('mmdebstrap', 'exit 1')

    expect(bootstrap.status).to be_positive
  end
end
