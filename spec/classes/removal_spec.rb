# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'clone_army' do
  let(:facts) { any_host }
  let(:command) { '/bin/sh -c "$REMOVE_FLEET" remove-fleet' }

  def titles(type)
    catalogue.resources.select { |resource| resource.type == type }.map(&:title)
  end

  context 'with ensure => absent' do
    let(:params) { { ensure: 'absent' } }

    it 'runs the script that is part of the catalog, unless nothing is left' do
      is_expected.to compile.with_all_deps
      is_expected.to contain_exec('remove the fleet').with(
        command: command,
        unless: "#{command} --check",
        environment: "REMOVE_FLEET=#{File.read(File.join(ModuleUnderTest::ROOT, 'files/remove-fleet'))}",
      )
    end

    it 'manages nothing else' do
      expect(titles('Exec')).to eq(['remove the fleet'])
      expect(['File', 'Package', 'Service'].flat_map { |type| titles(type) }).to be_empty
    end

    context 'on a host that could not have a fleet' do
      let(:facts) { with_memory(super(), 10).merge(clone_army: nil, os: super()[:os].merge('name' => 'SLES')) }
      let(:params) { super().merge(num_clones: 9000, share_memory: true, run_interval: 7 * 60) }

      it { is_expected.to compile.with_all_deps }
    end

    context 'with purge => true' do
      let(:params) { super().merge(purge: true) }

      it('removes images and overlays, too') { is_expected.to contain_exec('remove the fleet').with_command("#{command} --purge") }
    end

    context 'with a base image of its own in the catalog' do
      let(:post_condition) { "clone_army::base { 'web': server => 'puppet.example.com' }" }

      it 'removes its definition, and keeps no copy of it' do
        is_expected.to contain_file('/etc/puppet-clone-army/bases/web').with(ensure: 'absent', force: true, backup: false)
        expect(titles('Exec')).to eq(['remove the fleet'])
      end
    end

    host_of_each_family.each do |family, os_facts|
      context "with SELinux on a host of the family #{family}" do
        let(:facts) { os_facts.merge(os: os_facts[:os].merge('selinux' => { 'enabled' => true })) }

        it 'removes the label where the class adds it' do
          is_expected.to contain_exec('remove the fleet')
            .with_command(family == 'RedHat' ? "#{command} --selinux" : command)
        end
      end
    end
  end

  context 'with another ensure' do
    let(:params) { { ensure: 'stopped' } }

    it { is_expected.to compile.and_raise_error(/parameter 'ensure'/) }
  end

  # The script lists what it removes, so a file that is new in the class could be forgotten there.
  context 'with ensure => present' do
    let(:params) { { master: 'puppet.example.com', share_memory: true } }
    let(:facts) { super().merge(clone_army: super()[:clone_army].merge('systemd' => 257)) }
    let(:host) { Sandbox.new }

    after { host.remove }

    it 'declares no file that the script does not remove' do
      paths = titles('File').sort
      kept = ['/usr/local/libexec', '/var/lib/machines']
      paths.each do |path|
        folder = catalogue.resource('file', path)[:ensure].to_s == 'directory'
        folder ? FileUtils.mkdir_p(host.path(path)) : host.write(path, '')
      end
      host.install('remove-fleet', '/root/remove-fleet', paths: %r{(?<![\w\}])/(?:etc|var/lib|usr/local/libexec|run|proc/1|proc/sys)\b})
      host.write('/proc/1/mountinfo', '')

      expect(host.run('/root/remove-fleet', '--purge')).to have_attributes(status: 0, errors: '')
      expect(paths.select { |path| host.exist?(path) }).to eq(kept)
    end
  end
end
