# frozen_string_literal: true

require 'spec_helper'

# What differs by system; the rest is in clone_army_spec.rb.
describe 'clone_army' do
  let(:params) { { master: 'puppet.example.com', manage_nodejs: true } }
  let(:scripts) { '/usr/local/libexec/puppet-clone-army' }

  def packages
    catalogue.resources.select { |resource| resource.type == 'Package' }.to_h { |resource| [resource.title, resource.to_hash] }
  end

  def bootstrap_scripts
    catalogue.resources.select { |resource| resource.type == 'File' && resource.title.start_with?("#{scripts}/bootstrap/") }
             .map { |resource| File.basename(resource.title, '.sh') }
  end

  supported_hosts.each do |os, os_facts|
    enterprise = os_facts[:os]['family'] == 'RedHat'
    major = os_facts[:os]['release']['major']

    context "on #{os}" do
      let(:facts) { os_facts }
      let(:bootstrapper) { ModuleUnderTest.data.fetch('clone_army::images').fetch(image_of(os_facts))['bootstrapper'] }

      it 'has the tool that lays out its own images, by package and script, and no other' do
        expect(packages).to include(bootstrapper => include(ensure: 'installed'))
        expect(bootstrap_scripts).to contain_exactly(bootstrapper)
      end

      it 'has tools that show processes' do
        expect(packages).to include(enterprise ? 'procps-ng' : 'procps')
      end

      it 'has Node.js, from a stream where the system has modules' do
        wanted = enterprise && major.to_i < 10 ? { ensure: '20', provider: 'dnfmodule' } : { ensure: 'installed' }
        expect(packages['nodejs'].slice(:ensure, :provider)).to eq(wanted)
      end

      it 'uses no type that Bolt does not bring' do
        core = ['Anchor', 'Class', 'Clone_army::Base', 'Exec', 'File', 'Package', 'Service', 'Stage']
        used = catalogue.resources.map(&:type).uniq.map { |type| type.sub(/\A#{ModuleUnderTest::NAME.capitalize}::/, 'Clone_army::') }
        expect(used - core).to be_empty
      end

      if enterprise
        it 'has SELinux let systemd-nspawn run containers before the first image is built' do
          expect(packages.keys).to include('container-selinux', 'policycoreutils-python-utils')
          is_expected.to contain_class('clone_army::selinux').with_ensure('present')
          is_expected.to contain_exec('label systemd-nspawn')
            .that_requires("File[#{scripts}/label-nspawn]")
            .that_requires('Package[systemd-container]')
            .that_comes_before("Exec[build base image #{image_of(os_facts)}]")
        end
      else
        it { is_expected.not_to contain_class('clone_army::selinux') }
      end
    end
  end

  # The other way round from what is usual there; once for each family, because no release differs.
  host_of_each_family.each do |family, os_facts|
    enterprise = family == 'RedHat'

    context "where SELinux is #{enterprise ? 'disabled' : 'enabled'}, on a host of the family #{family}" do
      let(:facts) { os_facts.merge(os: os_facts[:os].merge('selinux' => { 'enabled' => !enterprise })) }

      it { is_expected.to compile.with_all_deps }
      it('installs nothing for it') { expect(packages.keys).not_to include('container-selinux') }

      if enterprise
        it { is_expected.not_to contain_class('clone_army::selinux') }
      else
        it('leaves a policy alone of which nothing is known') { is_expected.to contain_class('clone_army::selinux').with_ensure('unmanaged') }
      end
    end
  end
end
