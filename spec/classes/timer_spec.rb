# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army' do
  let(:facts) { any_host }
  let(:params) { { master: 'puppet.example.com', run_mode: run_mode } }
  let(:run_mode) { 'timer' }
  let(:layer) { '/var/lib/puppet-clone-army/.timer' }

  def fleet
    JSON.parse(catalogue.resource('file', '/etc/puppet-clone-army/fleet.json')[:content])
  end

  def service
    catalogue.resource('file', '/etc/systemd/system/puppet-clone-army@.service')[:content]
  end

  it('runs every half hour where nothing else is said') { expect(fleet).to include('run_mode' => 'timer', 'run_interval' => 1800, 'run_immediately' => false) }

  context 'with an interval, and a run at once' do
    let(:params) { super().merge(run_interval: 600, run_immediately: true) }

    it { expect(fleet).to include('run_interval' => 600, 'run_immediately' => true) }
  end

  context 'with an interval that the clock does not repeat' do
    let(:params) { super().merge(run_interval: 1000) }

    it { is_expected.to compile.and_raise_error(/run_interval is 1000; it has to be minutes that divide an hour/) }
  end

  it 'has clones boot to their timer alone, and end by a halt' do
    expect(service).to match(/--link-journal=no \\\n  --kill-signal=SIGRTMIN\+13 systemd\.unit=puppet-clone-army\.target\nTimeout/)
    is_expected.to contain_file("#{layer}/etc/systemd/system/puppet-clone-army.target").with_content(/^Wants=.*puppet-clone-army-run\.timer/)
  end

  it 'makes more clones the default than agents that stay' do
    expect(fleet['groups'].first['count']).to be > (Hosts::MEMORY_MIB / 150)
  end

  it 'lays out what clones stand on before systemd reads the fleet' do
    is_expected.to contain_class('clone_army::layers').that_comes_before('Class[clone_army::fleet]')
    is_expected.to contain_file("#{layer}/usr/share/puppet-clone-army/run-agent").with_mode('0755')
  end

  it 'has the unit of the timer led to the one with the slot of the clone' do
    is_expected.to contain_file("#{layer}/etc/systemd/system/puppet-clone-army-run.timer").with(ensure: 'link', target: '/etc/puppet-clone-army-run.timer')
  end

  context 'where agents run as a service' do
    let(:run_mode) { 'service' }

    it('has clones boot as they are') { expect(service).to match(/--link-journal=no\nTimeout/) }
    it('keeps the layer for clones that still stand on it') { is_expected.to contain_file(layer) }
  end
end
