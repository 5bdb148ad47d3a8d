# frozen_string_literal: true

require 'open3'
require 'spec_helper'

# What differs between systems; everything else is in clone_army_spec.rb.
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

      it 'installs the package and the script of the bootstrapper for its own system, and no other' do
        expect(packages).to include(bootstrapper => include(ensure: 'installed'))
        expect(bootstrap_scripts).to contain_exactly(bootstrapper)
      end

      it 'installs tools that list processes' do
        expect(packages).to include(enterprise ? 'procps-ng' : 'procps')
      end

      it 'installs Node.js, from a module stream where the system has them' do
        wanted = enterprise && major.to_i < 10 ? { ensure: '20', provider: 'dnfmodule' } : { ensure: 'installed' }
        expect(packages['nodejs'].slice(:ensure, :provider)).to eq(wanted)
      end

      it 'only uses types that come with Bolt' do
        own = ['Clone_army::Base', 'Clone_army::Host_package', 'Clone_army::Host_packages']
        core = ['Anchor', 'Class', 'Exec', 'File', 'Package', 'Service', 'Stage'] + own
        used = catalogue.resources.map(&:type).uniq.map { |type| type.sub(/\A#{ModuleUnderTest::NAME.capitalize}::/, 'Clone_army::') }
        expect(used - core).to be_empty
      end

      if enterprise
        it 'lets systemd-nspawn run containers under SELinux, before the first image is built' do
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

  host_of_each_family.each do |family, os_facts|
    context "with packages that something else declares, on a host of the family #{family}" do
      let(:facts) { os_facts }

      others = ['systemd-container', 'nodejs', *(family == 'RedHat' ? ['procps-ng', 'dnf'] : ['procps', 'curl', 'mmdebstrap'])]
      declare = "package { #{others}: ensure => held }"

      {
        'before the class' => [:pre_condition, declare],
        'after the class' => [:post_condition, declare],
        'in a define after the class' => [:post_condition, "define tools { #{declare} } tools { 'x': }"],
        'as virtual resources' => [:pre_condition, "@#{declare}"],
      }.each do |where, (condition, code)|
        context where do
          let(condition) { code }

          it { is_expected.to compile.with_all_deps }

          it 'leaves them to that, and waits for them' do
            expect(packages).to include(others.to_h { |name| [name, include(ensure: 'held')] })
            is_expected.to contain_package('systemd-container').that_comes_before('File[/var/lib/puppet-clone-army]')
          end
        end
      end
    end

    context "with manage_packages => false, on a host of the family #{family}" do
      let(:facts) { os_facts }
      let(:params) { super().merge(manage_packages: false) }

      it { is_expected.to compile.with_all_deps }
      it { is_expected.to have_package_resource_count(0) }
    end
  end

  describe 'needrestart' do
    let(:facts) { any_host }

    it('has no settings where it is not installed') { is_expected.not_to contain_file('/etc/needrestart/conf.d/puppet-clone-army.conf') }

    context 'when installed' do
      let(:facts) { super().merge(clone_army: super()[:clone_army].merge('needrestart' => true)) }

      it 'ignores clones, and nothing else' do
        settings = catalogue.resource('file', '/etc/needrestart/conf.d/puppet-clone-army.conf')[:content]
        services = ['puppet-clone-army@clone1.service', 'puppet-clone-army-limits.service', 'ssh.service']
        ignored, status = Open3.capture2('perl', '-e', <<~PERL, *services, stdin_data: settings)
          our %nrconf = (override_rc => {});
          eval do { local $/; <STDIN> };
          die $@ if $@;
          for my $rc (@ARGV) { print "$rc\n" if grep { $rc =~ /$_/ } @{$nrconf{blacklist_rc}} }
        PERL
        expect(status).to be_success
        expect(ignored).to eq("puppet-clone-army@clone1.service\n")
      end
    end
  end

  # The opposite of each family's default. Once per family, because releases do not differ.
  host_of_each_family.each do |family, os_facts|
    enterprise = family == 'RedHat'

    context "where SELinux is #{enterprise ? 'disabled' : 'enabled'}, on a host of the family #{family}" do
      let(:facts) { os_facts.merge(os: os_facts[:os].merge('selinux' => { 'enabled' => !enterprise })) }

      it { is_expected.to compile.with_all_deps }
      it('installs no packages for SELinux') { expect(packages.keys).not_to include('container-selinux') }

      if enterprise
        it { is_expected.not_to contain_class('clone_army::selinux') }
      else
        it('leaves an unknown policy alone') { is_expected.to contain_class('clone_army::selinux').with_ensure('unmanaged') }
      end
    end
  end
end
