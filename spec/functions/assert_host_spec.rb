# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::assert_host' do
  supported_hosts.each do |os, os_facts|
    context "on #{os}" do
      let(:facts) { os_facts }

      it { is_expected.to run.and_return(nil) }
    end
  end

  context 'on an unsupported operating system' do
    let(:facts) { any_host.merge(os: any_host[:os].merge('name' => 'Plan9', 'release' => { 'full' => '4', 'major' => '4' })) }

    it 'names the system and the supported ones' do
      supported = ModuleUnderTest::METADATA['operatingsystem_support'].map do |os|
        "#{os['operatingsystem']} #{os['operatingsystemrelease'].join(', ')}"
      end
      is_expected.to run.and_raise_error(/runs Plan9 4; supported systems are #{Regexp.escape(supported.join('; '))}/)
    end
  end

  context 'on an unsupported release' do
    let(:facts) { any_host.merge(os: any_host[:os].merge('release' => { 'full' => '1', 'major' => '1' })) }

    it { is_expected.to run.and_raise_error(/runs #{any_host[:os]['name']} 1; supported systems are/) }
  end

  describe 'features of systemd' do
    features = ModuleUnderTest.data.fetch('clone_army::systemd_features')

    features.each do |feature, since|
      context "before #{feature}" do
        let(:facts) { any_host.merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => since - 1 }) }

        it { is_expected.to run.and_raise_error(/cannot run clones: its systemd is #{since - 1}, which lacks .*#{Regexp.escape("#{feature} (#{since})")}/) }
      end
    end

    context 'with the first version that has all features' do
      let(:facts) { any_host.merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => features.values.max }) }

      it { is_expected.to run.and_return(nil) }
    end

    context 'on an unsupported system with an old systemd' do
      let(:facts) { any_host.merge(os: any_host[:os].merge('name' => 'CentOS', 'release' => { 'full' => '7', 'major' => '7' }), clone_army: { 'certname' => 'host.example.com', 'systemd' => 219 }) }

      it('names both') { is_expected.to run.and_raise_error(/runs CentOS 7; supported systems are .*; its systemd is 219, which lacks .*--notify-ready \(231\)/) }
    end
  end

  context 'with another init system' do
    let(:facts) { any_host.merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => nil }) }

    it { is_expected.to run.and_raise_error(/systemd is not running on this host/) }
  end

  context 'without the fact of the module' do
    let(:facts) { any_host.except(:clone_army) }

    it { is_expected.to run.and_raise_error(/fact "clone_army" is missing; it comes with the module, by pluginsync or by apply_prep/) }
  end
end
