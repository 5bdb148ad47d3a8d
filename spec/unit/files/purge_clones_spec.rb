# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/purge-clones' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  let(:generator) { '/etc/systemd/system-generators/puppet-clone-army' }

  before do
    host.install_scripts('purge-clones')
    host.install('fleet-generator', generator)
    host.write('/proc/1/mountinfo', '')
    group = { 'base' => 'debian-13', 'prefix' => 'clone', 'first' => 1, 'count' => 2 }
    host.write('/etc/puppet-clone-army/fleet.json', JSON.generate('lanes' => 2, 'groups' => [group]))
    FileUtils.mkdir_p(host.path('/run/systemd/generator'))
    host.run(generator, host.path('/run/systemd/generator'))
    ['clone1', 'clone2', 'clone3', 'load-a1'].each { |name| clone(name) }
    host.write("#{state}/debian-13/etc/hostname", '')
  end

  after { host.remove }

  def clone(name)
    host.write("#{state}/#{name}-overlay/etc/key", '')
    FileUtils.mkdir_p([host.path("#{state}/#{name}-workdir/work"), host.path("/var/lib/machines/#{name}")])
  end

  def purge(*arguments)
    host.run('/usr/local/libexec/puppet-clone-army/purge-clones', *arguments)
  end

  def done?
    purge('--check').status.zero?
  end

  def left
    ['/var/lib/machines', state].flat_map { |folder| Dir.children(host.path(folder)) }.sort
  end

  let(:kept) { ['clone1', 'clone2', 'clone1-overlay', 'clone1-workdir', 'clone2-overlay', 'clone2-workdir', 'debian-13'].sort }

  it 'removes layers and mount points of clones that left the fleet, and nothing else' do
    expect(done?).to be(false)
    expect(purge).to have_attributes(status: 0, output: "purge-clones: removed the layers of 2 clones\n", errors: '')
    expect(left).to eq(kept)
    expect(done?).to be(true)
  end

  it 'changes nothing with --check' do
    before = left
    done?
    expect(left).to eq(before)
  end

  it 'keeps a clone that is mounted' do
    root = "1 2 0:3 / #{host.path('/var/lib/machines')}/load-a1 rw - overlay overlay rw,upperdir=#{host.path(state)}/load-a1-overlay\n"
    host.write('/proc/1/mountinfo', root)
    purge

    expect(left - kept).to eq(['load-a1', 'load-a1-overlay', 'load-a1-workdir'])
    expect(done?).to be(true)
  end

  it 'keeps a mount point that is not empty' do
    host.write('/var/lib/machines/clone3/file', '')
    expect(purge).to have_attributes(status: 0, errors: '')
    expect(left - kept).to eq(['clone3'])
    expect(done?).to be(true)
  end

  it 'never leaves half an overlay under the name of a clone, and the next run does the rest' do
    host.stand_in('rm', 'case $* in *purged*) kill -KILL $PPID; exit 1 ;; esac')
    purge
    expect(left.grep_v(/\A\.purged-/)).to eq(kept)
    expect(done?).to be(false)

    FileUtils.rm(host.path('bin/rm'))
    expect(purge).to have_attributes(status: 0)
    expect(left).to eq(kept)
  end

  it 'removes nothing unless systemd has loaded the current fleet' do
    FileUtils.rm_rf(host.path('/run/systemd/generator'))
    before = left

    expect(purge).to have_attributes(status: 1, errors: /has not loaded the current fleet; run reload-fleet first/)
    expect(left).to eq(before)
    expect(done?).to be(false)
  end
end
