# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# A module without images of this family does not include the script.
describe 'files/bootstrap/dnf.sh', if: File.exist?(File.join(ModuleUnderTest::ROOT, 'files/bootstrap/dnf.sh')) do
  let(:host) { Sandbox.new }
  let(:environment) { { root: host.path('/image'), OS: 'Rocky', RELEASE: '9', SUITE: 'el9', MIRROR: '' } }
  let(:options) do
    ['--assumeyes', '--quiet', "--installroot=#{host.path('/image')}", '--releasever=9', '--setopt=install_weak_deps=False',
     '--setopt=tsflags=nodocs', '--setopt=gpgcheck=1']
  end
  let(:system) do
    ['systemd', 'dbus', 'util-linux', 'shadow-utils', '/usr/bin/passwd', 'procps-ng', 'iproute', 'ca-certificates', 'glibc-minimal-langpack', 'dnf']
  end

  before do
    host.install('common.sh', '/libexec/common.sh')
    host.install('bootstrap/dnf.sh', '/libexec/bootstrap/dnf.sh', paths: %r{(?<=keys=)/etc/pki/rpm-gpg\b|(?<=dnf_conf=)/etc/dnf/dnf\.conf})
    dnf('4.20.0')
    host.stand_in('mknod')
    # Copies repositories of the real host: the sandbox cannot redirect these paths, which the script writes without a slash.
    host.stand_in('cp')
  end

  after { host.remove }

  def dnf(version, lines = '')
    host.stand_in('dnf', "[ \"$*\" != --version ] || { echo '#{version}'; exit; }\n#{lines}")
  end

  def bootstrap(**changes)
    host.run('/libexec/bootstrap/dnf.sh', **environment, **changes)
  end

  def installs
    host.calls('dnf').grep_v(['--version'])
  end

  {
    'RedHat' => 'redhat-release',
    'CentOS' => 'centos-release',
    'Rocky' => 'rocky-release',
    'AlmaLinux' => 'almalinux-release',
    'OracleLinux' => 'oraclelinux-release',
  }.each do |os, package|
    it "bootstraps #{os} from #{package}" do
      expect(bootstrap(OS: os)).to have_attributes(status: 0, errors: '')
      expect(installs).to eq([[*options, 'install', package, *system]])
    end
  end

  it 'uses the requested release' do
    bootstrap(RELEASE: '8')
    expect(installs.flatten).to include('--releasever=8')
  end

  it 'installs further packages with the system' do
    bootstrap(PACKAGES: 'nginx gcc-c++')
    expect(installs).to eq([[*options, 'install', 'rocky-release', *system, 'nginx', 'gcc-c++']])
  end

  it 'gives the image the proxy of the host, and the certificates that its options name' do
    host.stand_in('cp', 'exec /bin/cp "$@"')
    file = host.path('/pki/entitlement.pem')
    host.write('/pki/entitlement.pem', 'a certificate', 0o600)
    host.write('/etc/dnf/dnf.conf', "[main]\nbest=True\nproxy=http://proxy.example.com:3128\nsslclientcert = #{file}\n")
    host.write('/image/etc/dnf/dnf.conf', "[main]\nbest=True\n")

    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(host.read('/image/etc/dnf/dnf.conf')).to eq("[main]\nbest=True\nproxy=http://proxy.example.com:3128\nsslclientcert = #{file}\n")
    expect(host.read("/image#{file}")).to eq('a certificate')
    expect(host.mode("/image#{file}")).to eq('0600')
  end

  it 'fails if a file that the options of the host name does not exist' do
    host.write('/etc/dnf/dnf.conf', "[main]\nsslcacert=/missing.pem\n")
    expect(bootstrap).to have_attributes(status: 1, errors: %r{dnf on this host uses the file /missing\.pem, which does not exist})
  end

  it 'tells dnf5 to use the repositories of the host, which it ignores by default' do
    dnf('dnf5 version 5.2.12.0')
    bootstrap
    expect(installs.first).to eq([*options, '--use-host-config', 'install', 'rocky-release', *system])
  end

  it 'keeps clones from downloading metadata' do
    bootstrap
    links = ['dnf-makecache', 'dnf-automatic'].map { |name| File.readlink(host.path("/image/etc/systemd/system/#{name}.timer")) }
    expect(links).to all(eq('/dev/null'))
  end

  it 'creates the devices that package scripts write to' do
    bootstrap
    expect(host.calls('mknod').map { |call| File.basename(call[2]) }).to contain_exactly('null', 'zero', 'random', 'urandom')
  end

  describe 'a mirror' do
    let(:environment) { super().merge(MIRROR: 'http://mirror.example.com/rocky/9') }
    let(:key) { host.path('/etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9') }

    it 'is the source of all packages, which are verified with the key on this host' do
      host.write('/etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9', 'a key')
      from = ['--repofrompath=clone-army,http://mirror.example.com/rocky/9', '--repo=clone-army',
              '--setopt=clone-army.gpgcheck=1', "--setopt=clone-army.gpgkey=file://#{key}"]

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(installs).to eq([[*options, *from, 'install', 'rocky-release', *system]])
    end

    it 'is not used without a key' do
      expect(bootstrap).to have_attributes(
        status: 1, errors: /no key to verify packages of Rocky 9: .*rpm-gpg has none of RPM-GPG-KEY-Rocky-9 RPM-GPG-KEY-rockyofficial; install one of them/,
      )
      expect(installs).to be_empty
    end

    it 'is the only enabled repository of the image' do
      host.write('/etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9', 'a key')
      host.write('/image/etc/yum.repos.d/rocky.repo', "[baseos]\nname=x\nenabled=1\n\n[extras]\nname=y\n")
      bootstrap

      expect(host.read('/image/etc/yum.repos.d/rocky.repo')).to eq("[baseos]\nenabled=0\nname=x\n\n[extras]\nenabled=0\nname=y\n")
      expect(host.read('/image/etc/yum.repos.d/clone-army.repo')).to include("baseurl=http://mirror.example.com/rocky/9\ngpgcheck=1\ngpgkey=file://#{key}\n")
    end
  end

  it 'rejects unknown systems' do
    expect(bootstrap(OS: 'Fedora')).to have_attributes(
      status: 1,
      errors: /unknown system Fedora; known systems are AlmaLinux, CentOS, OracleLinux, RedHat, Rocky/,
    )
    expect(host.calls('dnf')).to be_empty
  end

  it 'fails if dnf fails' do
    dnf('4.20.0', 'exit 1')

    expect(bootstrap.status).to be_positive
    expect(installs.size).to eq(1)
  end
end
