# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::selinux' do
  let(:facts) { any_host }
  let(:script) { '/usr/local/libexec/puppet-clone-army/label-nspawn' }

  context 'with ensure => present' do
    let(:params) { { ensure: 'present', packages: ['container-selinux', 'policycoreutils-python-utils'] } }

    it { is_expected.to compile.with_all_deps }
    it { is_expected.to contain_package('container-selinux').with_ensure('installed').that_comes_before('Exec[label systemd-nspawn]') }
    it { is_expected.to contain_package('policycoreutils-python-utils').with_ensure('installed').that_comes_before('Exec[label systemd-nspawn]') }
    it { is_expected.to contain_exec('label systemd-nspawn').with(command: script, unless: "/usr/bin/test -x #{script} && #{script} --check") }
    it { is_expected.to have_exec_resource_count(1) }
  end

  context 'with ensure => absent' do
    let(:params) { { ensure: 'absent', packages: ['container-selinux'] } }

    it { is_expected.to contain_exec('remove the label of systemd-nspawn').with(command: "#{script} --remove", onlyif: "/usr/bin/test -x #{script} && #{script} --check-rule") }
    it { is_expected.to have_exec_resource_count(1) }
    it('keeps packages that may be needed otherwise') { is_expected.to have_package_resource_count(0) }
  end

  context 'with ensure => unmanaged' do
    let(:params) { { ensure: 'unmanaged', packages: ['container-selinux'] } }

    it { is_expected.to have_exec_resource_count(0) }
    it { is_expected.to have_package_resource_count(0) }
  end

  context 'with another ensure' do
    let(:params) { { ensure: 'off' } }

    it { is_expected.to compile.and_raise_error(/parameter 'ensure'/) }
  end
end
