# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# A module without an image of this family comes without the script.
describe 'files/bootstrap/dnf.sh', if: File.exist?(File.join(ModuleUnderTest::ROOT, 'files/bootstrap/dnf.sh')) do
  let(:host) { Sandbox.new }
  let(:environment) { { root: '/image', OS: 'Rocky', RELEASE: '9', SUITE: '9', MIRROR: '', PACKAGES: '' } }
  let(:options) { ['--assumeyes', '--quiet', '--installroot=/image', '--releasever=9', '--setopt=install_weak_deps=False', '--setopt=tsflags=nodocs'] }
  let(:system) { ['systemd', 'dbus', 'passwd', 'procps-ng', 'iproute', 'ca-certificates'] }

  before do
    host.install('common.sh', '/libexec/common.sh')
    host.install('bootstrap/dnf.sh', '/libexec/bootstrap/dnf.sh')
    host.stand_in('dnf')
  end

  after { host.remove }

  def bootstrap(**changes)
    host.run('/libexec/bootstrap/dnf.sh', **environment, **changes)
  end

  {
    'RedHat' => 'redhat-release',
    'CentOS' => 'centos-release',
    'Rocky' => 'rocky-release',
    'AlmaLinux' => 'almalinux-release',
    'OracleLinux' => 'oraclelinux-release',
  }.each do |os, package|
    it "lays out #{os} from #{package}, and clears what was fetched" do
      expect(bootstrap(OS: os)).to have_attributes(status: 0, errors: '')
      expect(host.calls('dnf')).to eq([[*options, 'install', package, *system], [*options, 'clean', 'all']])
    end
  end

  it 'is of the release that was asked for' do
    bootstrap(RELEASE: '8')
    expect(host.calls('dnf').flatten).to include('--releasever=8')
  end

  it 'installs further packages along with the system' do
    bootstrap(PACKAGES: 'nginx gcc-c++')
    expect(host.calls('dnf').first).to eq([*options, 'install', 'rocky-release', *system, 'nginx', 'gcc-c++'])
  end

  it 'takes packages from the mirror alone where there is one' do
    bootstrap(MIRROR: 'http://mirror.example.com/rocky/9')
    from = ['--repofrompath=clone-army,http://mirror.example.com/rocky/9', '--repo=clone-army']
    expect(host.calls('dnf')).to eq([[*options, *from, 'install', 'rocky-release', *system], [*options, *from, 'clean', 'all']])
  end

  it 'names the systems that it knows' do
    expect(bootstrap(OS: 'Fedora')).to have_attributes(
      status: 1,
      errors: /no release package is known for Fedora; known: RedHat, CentOS, Rocky, AlmaLinux, OracleLinux/,
    )
    expect(host.calls('dnf')).to be_empty
  end

  it 'fails where dnf does' do
    host.stand_in('dnf', 'exit 1')

    expect(bootstrap.status).to be_positive
    expect(host.calls('dnf').size).to eq(1)
  end
end
