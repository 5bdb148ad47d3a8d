# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::assert_preload' do
  let(:facts) { any_host.merge(os: any_host[:os].merge('selinux' => { 'enabled' => false }), clone_army: { 'certname' => 'host.example.com', 'systemd' => 257 }) }

  it { is_expected.to run.with_params(false, 'service').and_return(nil) }
  it { is_expected.to run.with_params(true, 'timer').and_return(nil) }
  it { is_expected.to run.with_params(true, 'service').and_raise_error(/preload is for run_mode => 'timer', not 'service'/) }

  context 'with a systemd that is too old' do
    let(:facts) { super().merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => 247 }) }

    it { is_expected.to run.with_params(false, 'timer').and_return(nil) }
    it { is_expected.to run.with_params(true, 'timer').and_raise_error(/preload requires systemd 248, but this host has 247/) }
  end

  context 'with SELinux' do
    let(:facts) { super().merge(os: any_host[:os].merge('selinux' => { 'enabled' => true })) }

    it { is_expected.to run.with_params(false, 'timer').and_return(nil) }
    it { is_expected.to run.with_params(true, 'timer').and_raise_error(/preload does not work with SELinux.*leave preload out here/) }
  end
end
