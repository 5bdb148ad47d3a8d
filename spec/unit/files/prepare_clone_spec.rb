# frozen_string_literal: true

require 'digest'
require 'spec_helper'
require 'support/sandbox'

describe 'files/prepare-clone' do
  let(:host) { Sandbox.new }
  let(:overlay) { '/var/lib/puppet-clone-army/clone1-overlay' }
  let(:fleet) { { 'version' => 1, 'host' => 'host.example.com', 'run_mode' => 'service', 'lanes' => 2, 'groups' => [] } }

  before do
    ['common.sh', 'disk.sh', 'prepare-clone'].each { |name| host.install(name, "/usr/local/libexec/puppet-clone-army/#{name}") }
    host.write('/etc/puppet-clone-army/fleet.json', JSON.pretty_generate(fleet))
    host.write('/etc/resolv.conf', "nameserver 192.0.2.53\n")
    host.write('/etc/hosts', "192.0.2.1 puppet.example.com\n")
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    mounted
  end

  after { host.remove }

  # Has the given paths look mounted, and no others.
  def mounted(*paths)
    list = paths.map { |path| "'#{host.path(path)}'" }
    host.stand_in('mountpoint', "case $2 in #{[*list, "''"].join('|')}) exit 0 ;; esac\nexit 1")
    host.stand_in('umount')
  end

  def prepare
    host.run('/usr/local/libexec/puppet-clone-army/prepare-clone', 'clone1')
  end

  it 'gives the clone the hostname that its certname is made of' do
    expect(prepare).to have_attributes(status: 0, errors: '')
    expect(host.read("#{overlay}/etc/hostname")).to eq("clone1.host.example.com\n")
  end

  it 'gives the clone a machine-id that its name decides' do
    prepare
    expect(host.read("#{overlay}/etc/machine-id")).to eq("#{Digest::SHA256.hexdigest('clone1.host.example.com')[0, 32]}\n")
  end

  it 'has the clone resolve names as the host does at this moment' do
    prepare
    host.write('/etc/hosts', "192.0.2.2 puppet.example.com\n")
    prepare

    expect(host.read("#{overlay}/etc/hosts")).to eq("192.0.2.2 puppet.example.com\n")
    expect(host.read("#{overlay}/etc/resolv.conf")).to eq("nameserver 192.0.2.53\n")
  end

  it 'makes a layer whose root users of the clone can enter, and a work folder that nobody can' do
    prepare
    expect(host.mode(overlay)).to eq('0755')
    expect(host.mode("#{overlay}/etc")).to eq('0755')
    expect(host.mode('/var/lib/puppet-clone-army/clone1-workdir')).to eq('0700')
  end

  it 'leaves everything else in a layer as it is' do
    host.write("#{overlay}/etc/motd", 'edited')
    FileUtils.chmod(0o750, host.path(overlay))
    prepare

    expect(host.read("#{overlay}/etc/motd")).to eq('edited')
    expect(host.mode(overlay)).to eq('0750')
  end

  it 'replaces a link in the layer, and not what it leads to on the host' do
    host.write('/outside', 'precious')
    FileUtils.mkdir_p(host.path("#{overlay}/etc"))
    ['hostname', 'hosts.new'].each { |name| File.symlink(host.path('/outside'), host.path("#{overlay}/etc/#{name}")) }
    prepare

    expect(host.read('/outside')).to eq('precious')
    expect(host.read("#{overlay}/etc/hostname")).to eq("clone1.host.example.com\n")
  end

  it 'writes through no link that stands for /etc' do
    FileUtils.mkdir_p([host.path(overlay), host.path('/outside')])
    File.symlink(host.path('/outside'), host.path("#{overlay}/etc"))

    expect(prepare).to have_attributes(status: 1, errors: /etc is a link; it has to be a folder/)
    expect(Dir.children(host.path('/outside'))).to be_empty
  end

  it 'does not touch the layer of a clone that is mounted' do
    mounted('/var/lib/machines/clone1')

    expect(prepare).to have_attributes(status: 1, errors: /clone1 is mounted; stop puppet-clone-army@clone1\.service first/)
    expect(host.exist?(overlay)).to be(false)
  end

  it 'clears what a killed systemd-nspawn left behind' do
    export = '/run/systemd/nspawn/unix-export/clone1'
    FileUtils.mkdir_p(host.path(export))
    mounted(export)

    expect(prepare).to have_attributes(status: 0)
    expect(host.calls('umount')).to eq([[host.path(export)]])
    expect(host.exist?(export)).to be(false)
  end

  describe 'on a disk that is nearly full' do
    def free(mib)
      host.stand_in('df', "printf '%s\\n' Avail '  #{mib}'")
    end

    it 'lays out no clone that has no room' do
      free(11)
      expect(prepare).to have_attributes(status: 1, errors: /clone1 takes 12 MiB, but .* has 11 MiB free; make room there/)
      expect(Dir.children(host.path('/var/lib/puppet-clone-army'))).to be_empty
    end

    it 'serves one that is there, as long as there is room for its files' do
      prepare
      free(1)
      expect(prepare.status).to eq(0)
      free(0)
      expect(prepare).to have_attributes(status: 1, errors: /clone1 takes 1 MiB, but/)
    end
  end

  describe 'the timer of the agent' do
    let(:timer) { "#{overlay}/etc/puppet-clone-army-run.timer" }

    def slots(*lines)
      host.write('/run/systemd/generator/puppet-clone-army.slots', lines.map { |line| "#{line}\n" }.join)
    end

    before { slots('clone10 *-*-* *:5/30:00.000 UTC', 'clone1 *-*-* *:6/30:00.500 UTC') }

    it 'has the slot of the clone' do
      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(host.read(timer).lines(chomp: true)).to include('OnCalendar=*-*-* *:6/30:00.500 UTC', 'AccuracySec=1ms', 'DeferReactivation=yes')
    end

    it 'follows the fleet' do
      prepare
      slots('clone1 *-*-* *:7/30:00.000 UTC')
      prepare
      expect(host.read(timer).scan(/^OnCalendar=.*/)).to eq(['OnCalendar=*-*-* *:7/30:00.000 UTC'])
    end

    it 'waits for the slot' do
      prepare
      expect(host.read(timer)).not_to include('OnActiveSec')
    end

    context 'with a run at once' do
      let(:fleet) { super().merge('run_immediately' => true) }

      it 'goes off when the clone has booted, too' do
        prepare
        expect(host.read(timer).lines(chomp: true)).to include('OnActiveSec=0')
      end
    end

    it 'is gone when the fleet has no slots any more' do
      prepare
      FileUtils.rm(host.path('/run/systemd/generator/puppet-clone-army.slots'))

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(host.exist?(timer)).to be(false)
    end
  end

  context 'with a fleet.json that names no host' do
    let(:fleet) { super().except('host') }

    it { expect(prepare).to have_attributes(status: 1, errors: /fleet\.json has no "host"; apply the class clone_army/) }
  end
end
