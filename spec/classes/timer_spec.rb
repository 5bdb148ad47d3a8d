# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army' do
  let(:facts) { any_host }
  let(:params) { { master: 'puppet.example.com', run_mode: run_mode } }
  let(:run_mode) { 'timer' }
  let(:layer) { "/var/lib/puppet-clone-army/#{fleet['layer']}" }

  def fleet
    JSON.parse(catalogue.resource('file', '/etc/puppet-clone-army/fleet.json')[:content])
  end

  def service
    catalogue.resource('file', '/etc/systemd/system/puppet-clone-army@.service')[:content]
  end

  it('runs every half hour by default') { expect(fleet).to include('run_mode' => 'timer', 'run_interval' => 1800, 'run_immediately' => false) }

  context 'with an interval, and an immediate run' do
    let(:params) { super().merge(run_interval: 600, run_immediately: true) }

    it { expect(fleet).to include('run_interval' => 600, 'run_immediately' => true) }
  end

  context 'with an interval that no calendar event can express' do
    let(:params) { super().merge(run_interval: 1000) }

    it { is_expected.to compile.and_raise_error(/run_interval is 1000 seconds; it must divide an hour into whole minutes/) }
  end

  it 'boots clones to nothing but their timer, and stops them by a halt' do
    expect(service).to match(/--link-journal=no \\\n  --kill-signal=SIGRTMIN\+13 systemd\.unit=puppet-clone-army\.target systemd\.log_level=warning systemd\.show_status=error\n/)
    is_expected.to contain_file("#{layer}/etc/systemd/system/puppet-clone-army.target").with_content(/^Wants=.*puppet-clone-army-run\.timer/)
  end

  it 'masks units and generators that a clone with nothing but an agent has no use for' do
    masked = catalogue.resources.select { |file| file[:target] == '/dev/null' }.map { |file| file.title.delete_prefix("#{layer}/etc/") }
    expect(masked).to include('systemd/system/dev-hugepages.mount', 'systemd/system-generators/systemd-getty-generator', 'tmpfiles.d/systemd-nologin.conf')
    expect(masked).not_to include('systemd/system-generators/systemd-sysv-generator')
  end

  it 'shows control groups to clones only where they limit memory, so that agent runs can wait' do
    expect(service).not_to include('--bind')
  end

  context 'with a memory limit' do
    let(:facts) { super().merge(clone_army: super()[:clone_army].merge('memory_limit' => 4 << 30)) }

    it { expect(service).to match(%r{--kill-signal=SIGRTMIN\+13 --bind-ro=/sys/fs/cgroup:/run/puppet-clone-army systemd\.unit=}) }
  end

  it 'defaults to more clones than with resident agents' do
    expect(fleet['groups'].first['count']).to be > (Hosts::MEMORY_MIB / 150)
  end

  it('mounts clones on the layer of the run mode') { expect(fleet['layer']).to match(/\A\.timer-\h{8}\z/) }

  it 'installs the layer before the fleet is defined' do
    is_expected.to contain_class('clone_army::layers').that_comes_before('Class[clone_army::fleet]')
    is_expected.to contain_file("#{layer}/usr/share/puppet-clone-army/run-agent").with_mode('0755')
  end

  it 'links the timer unit to the one in the overlay, which has the slot of the clone' do
    is_expected.to contain_file("#{layer}/etc/systemd/system/puppet-clone-army-run.timer").with(ensure: 'link', target: '/etc/puppet-clone-army-run.timer')
  end

  context 'with agents that run as a service' do
    let(:run_mode) { 'service' }

    it('boots clones normally') { expect(service).to match(/--link-journal=no \\\n  systemd\.show_status=error\n/) }
    it('mounts clones on the layer of this mode') { expect(fleet['layer']).to match(/\A\.service-\h{8}\z/) }

    it 'has facter keep the version of Augeas, as runs by timer do' do
      ['etc/facter', 'etc/puppetlabs/facter'].each do |folder|
        is_expected.to contain_file("#{layer}/#{folder}/facter.conf").with_content(/"augeas" : 1 days/)
      end
    end

    it 'leaves the layer of agents that run by timer to clones that still use it' do
      layers = catalogue.resources.map(&:title).grep(%r{\A/var/lib/puppet-clone-army/\.})
      expect(layers).to all(start_with(layer))
    end
  end
end
