# frozen_string_literal: true

require 'digest'
require 'spec_helper'
require 'support/sandbox'

describe 'files/prepare-clone' do
  let(:host) { Sandbox.new }
  let(:overlay) { '/var/lib/puppet-clone-army/clone1-overlay' }
  let(:fleet) { { 'version' => 1, 'host' => 'host.example.com', 'run_mode' => 'service', 'lanes' => 2, 'groups' => [] } }

  before do
    host.install_scripts('prepare-clone')
    host.write('/etc/puppet-clone-army/fleet.json', JSON.pretty_generate(fleet))
    host.write('/etc/resolv.conf', "nameserver 192.0.2.53\n")
    host.write('/etc/hosts', "192.0.2.1 puppet.example.com\n")
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    mounted
  end

  after { host.remove }

  # Makes only the given paths look mounted.
  def mounted(*paths)
    list = paths.map { |path| "'#{host.path(path)}'" }
    host.stand_in('mountpoint', "case $2 in #{[*list, "''"].join('|')}) exit 0 ;; esac\nexit 1")
    host.stand_in('umount')
  end

  def prepare
    host.run('/usr/local/libexec/puppet-clone-army/prepare-clone', 'clone1')
  end

  it 'sets the hostname, from which the certname is derived' do
    expect(prepare).to have_attributes(status: 0, errors: '')
    expect(host.read("#{overlay}/etc/hostname")).to eq("clone1.host.example.com\n")
  end

  it 'says what to do if there is no fleet' do
    FileUtils.rm(host.path('/etc/puppet-clone-army/fleet.json'))
    expect(prepare).to have_attributes(status: 1, errors: /fleet\.json has no "host"; apply the class clone_army to rewrite it/)
  end

  it 'derives the machine-id from the name' do
    prepare
    expect(host.read("#{overlay}/etc/machine-id")).to eq("#{Digest::SHA256.hexdigest('clone1.host.example.com')[0, 32]}\n")
  end

  it 'makes the clone resolve names as the host does now' do
    prepare
    host.write('/etc/hosts', "192.0.2.2 puppet.example.com\n")
    prepare

    expect(host.read("#{overlay}/etc/hosts")).to eq("192.0.2.2 puppet.example.com\n")
    expect(host.read("#{overlay}/etc/resolv.conf")).to eq("nameserver 192.0.2.53\n")
  end

  {
    'no resolv.conf' => ->(path) { FileUtils.rm(path) },
    'a resolv.conf whose link leads nowhere' => ->(path) { FileUtils.ln_sf('../run/systemd/resolve/stub-resolv.conf', path) },
  }.each do |what, change|
    it "prepares the clone of a host with #{what}, and says so" do
      prepare
      change.call(host.path('/etc/resolv.conf'))

      expect(prepare).to have_attributes(status: 0, errors: '', output: %r{this host has no file .*/etc/resolv\.conf, so .*clone1-overlay/etc/resolv\.conf is empty})
      expect(host.read("#{overlay}/etc/resolv.conf")).to eq('')
      expect(host.read("#{overlay}/etc/hosts")).to eq("192.0.2.1 puppet.example.com\n")
    end
  end

  [0o077, 0o027].each do |umask|
    it format('makes the same files with the umask %03o', umask) do
      modes = [umask, 0o022].map do |mask|
        previous = File.umask(mask)
        FileUtils.rm_rf(host.path(overlay))
        prepare
        Dir.glob('**/*', base: host.path(overlay)).sort.to_h { |name| [name, host.mode("#{overlay}/#{name}")] }
      ensure
        File.umask(previous)
      end

      expect(modes.first).to eq(modes.last)
    end
  end

  it 'makes the overlay accessible to users of the clone, but not the workdir' do
    prepare
    expect(host.mode(overlay)).to eq('0755')
    expect(host.mode("#{overlay}/etc")).to eq('0755')
    expect(host.mode('/var/lib/puppet-clone-army/clone1-workdir')).to eq('0700')
  end

  it 'leaves everything else in an overlay alone' do
    host.write("#{overlay}/etc/motd", 'edited')
    FileUtils.chmod(0o750, host.path(overlay))
    prepare

    expect(host.read("#{overlay}/etc/motd")).to eq('edited')
    expect(host.mode(overlay)).to eq('0750')
  end

  it 'replaces a link in the overlay, and does not follow it' do
    host.write('/outside', 'precious')
    FileUtils.mkdir_p([host.path("#{overlay}/etc"), host.path('/folder')])
    { 'hostname' => '/outside', 'hosts' => '/folder' }.each { |name, target| File.symlink(host.path(target), host.path("#{overlay}/etc/#{name}")) }
    prepare

    expect(host.read('/outside')).to eq('precious')
    expect(Dir.children(host.path('/folder'))).to be_empty
    expect(host.read("#{overlay}/etc/hosts")).to eq("192.0.2.1 puppet.example.com\n")
    expect(host.read("#{overlay}/etc/hostname")).to eq("clone1.host.example.com\n")
  end

  it 'does not follow a link at /etc' do
    FileUtils.mkdir_p([host.path(overlay), host.path('/outside')])
    File.symlink(host.path('/outside'), host.path("#{overlay}/etc"))

    expect(prepare).to have_attributes(status: 1, errors: /etc is a link; it must be a folder/)
    expect(Dir.children(host.path('/outside'))).to be_empty
  end

  describe 'for a root that is mounted, as on an automatic restart' do
    let(:mark) { '/run/puppet-clone-army/restarted/clone1' }

    before do
      mounted('/var/lib/machines/clone1')
      service(pid: 0)
      host.stand_in('busctl')
    end

    def service(pid:)
      host.stand_in('systemctl', "echo #{pid}")
    end

    it 'leaves the layers alone, and marks the clone as restarted' do
      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(host.exist?(overlay)).to be(false)
      expect(host.exist?(mark)).to be(true)
    end

    it 'cleans up after a killed systemd-nspawn, too' do
      FileUtils.mkdir_p(host.path('/run/systemd/nspawn/unix-export/clone1'))
      mounted('/var/lib/machines/clone1', '/run/systemd/nspawn/unix-export/clone1')
      prepare
      expect(host.calls('umount')).to eq([[host.path('/run/systemd/nspawn/unix-export/clone1')]])
    end

    it 'makes systemd-machined forget the machine, whose name would be taken' do
      prepare
      expect(host.calls('busctl').map { |call| call.last(3) }).to eq([['UnregisterMachine', 's', 'clone1']])
    end

    it 'does nothing if the clone runs or is starting, because it was started twice' do
      service(pid: 99)
      mounted('/var/lib/machines/clone1', '/run/systemd/nspawn/unix-export/clone1')

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect([host.calls('umount'), host.calls('busctl'), host.exist?(mark)]).to eq([[], [], false])
    end

    it 'removes the mark when the clone is started anew' do
      prepare
      mounted
      prepare
      expect(host.exist?(mark)).to be(false)
    end
  end

  it 'cleans up after a killed systemd-nspawn' do
    export = '/run/systemd/nspawn/unix-export/clone1'
    FileUtils.mkdir_p(host.path(export))
    mounted(export)

    expect(prepare).to have_attributes(status: 0)
    expect(host.calls('umount')).to eq([[host.path(export)]])
    expect(host.exist?(export)).to be(false)
  end

  describe 'on a nearly full disk' do
    def free(mib)
      host.stand_in('df', "printf '%s\\n' Avail '  #{mib}'")
    end

    it 'does not prepare a new clone without enough room' do
      free(11)
      expect(prepare).to have_attributes(status: 1, errors: /clone1 needs 12 MiB, but .* has 11 MiB free; free up space there/)
      expect(Dir.children(host.path('/var/lib/puppet-clone-army'))).to be_empty
    end

    it 'prepares an existing clone if there is room for the files that it writes' do
      prepare
      free(1)
      expect(prepare.status).to eq(0)
      free(0)
      expect(prepare).to have_attributes(status: 1, errors: /clone1 needs 1 MiB, but/)
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

    it 'follows changes of the fleet' do
      prepare
      slots('clone1 *-*-* *:7/30:00.000 UTC')
      prepare
      expect(host.read(timer).scan(/^OnCalendar=.*/)).to eq(['OnCalendar=*-*-* *:7/30:00.000 UTC'])
    end

    it 'does not run at boot by default' do
      prepare
      expect(host.read(timer)).not_to include('OnActiveSec')
    end

    context 'with run_immediately' do
      let(:fleet) { super().merge('run_immediately' => true) }

      it 'also runs at boot' do
        prepare
        expect(host.read(timer).lines(chomp: true)).to include('OnActiveSec=0')
      end
    end

    it 'is removed when the fleet no longer has slots' do
      prepare
      FileUtils.rm(host.path('/run/systemd/generator/puppet-clone-army.slots'))

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(host.exist?(timer)).to be(false)
    end
  end

  context 'with a fleet.json without a host' do
    let(:fleet) { super().except('host') }

    it { expect(prepare).to have_attributes(status: 1, errors: /fleet\.json has no "host"; apply the class clone_army/) }
  end
end
