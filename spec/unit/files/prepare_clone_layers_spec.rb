# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# What prepare-clone does about the layers below the overlay: the base image and patches.
describe 'files/prepare-clone' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  let(:overlay) { "#{state}/clone1-overlay" }

  before do
    host.install_scripts('prepare-clone')
    host.write('/etc/puppet-clone-army/fleet.json', JSON.generate('host' => 'host.example.com', 'run_mode' => 'service'))
    ['resolv.conf', 'hosts'].each { |name| host.write("/etc/#{name}", '') }
    FileUtils.mkdir_p(host.path(state))
    host.stand_in('mountpoint', 'exit 1')
  end

  after { host.remove }

  def prepare(clone = 'clone1')
    host.run('/usr/local/libexec/puppet-clone-army/prepare-clone', clone)
  end

  describe 'the socket of the loaded agent' do
    let(:link) { host.path('/run/puppet-clone-army/preloaded/clone1') }

    before { host.write('/run/systemd/generator/puppet-clone-army.layers', "clone1 debian-13\n") }

    def preload(value)
      host.write('/etc/puppet-clone-army/fleet.json', JSON.generate('host' => 'host.example.com', 'run_mode' => 'timer', 'preload' => value))
    end

    it 'is not there by default' do
      preload(false)
      prepare
      expect(File.symlink?(link)).to be(false)
    end

    it 'is in a folder that the unit of the clone finds, also when the clone restarts after the parameter was set' do
      preload(true)
      host.stand_in('systemctl', 'echo 0')
      ['busctl', 'umount'].each { |command| host.stand_in(command) }
      [1, 0].each do |unmounted|
        host.stand_in('mountpoint', "exit #{unmounted}")
        FileUtils.rm_rf(host.path('/run/puppet-clone-army'))
        prepare
        expect(File.realpath(link)).to eq(host.path('/run/puppet-clone-army/preload/debian-13'))
      end
    end
  end

  describe 'the base image that the overlay was made for' do
    let(:record) { "#{state}/clone1-workdir/base" }

    # Builds an image, and puts clone1 on it. Images of earlier versions of the module do not say what they are.
    def image(base, system)
      folder = "#{state}/#{base}/usr/share/puppet-clone-army"
      host.write("#{folder}/agent.json", '{}')
      host.write("#{folder}/system", "#{system}\n") if system
      host.write('/run/systemd/generator/puppet-clone-army.layers', "clone10 other\nclone1 #{base}\n")
    end

    def inode(base)
      File.stat(host.path("#{state}/#{base}/usr/share/puppet-clone-army/agent.json")).ino
    end

    def recorded
      host.exist?(record) ? host.read(record).chomp : nil
    end

    def check(status)
      host.write('/usr/local/libexec/puppet-clone-army/build-base', "#!/bin/sh\nexit #{status}\n", 0o755)
    end

    before { image('debian-13', 'Debian 13') }

    it 'is recorded, with its system and the inode that identifies it' do
      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(recorded).to eq("debian-13 Debian 13 #{inode('debian-13')}")
    end

    it 'is the current one again at each start' do
      prepare
      FileUtils.rm_rf(host.path("#{state}/debian-13"))
      host.write('/occupies-the-inode', '')
      image('debian-13', 'Debian 13')

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(recorded).to eq("debian-13 Debian 13 #{inode('debian-13')}")
    end

    it 'is adopted by an overlay of an earlier version of the module' do
      host.write("#{overlay}/etc/motd", 'edited')
      prepare
      expect(recorded).to start_with('debian-13 Debian 13 ')
    end

    {
      'of another name' => ['web', 'Debian 13', 'web (Debian 13)'],
      'of another system under the same name' => ['debian-13', 'Debian 12', 'debian-13 (Debian 12)'],
      'of another name and system' => ['debian-12', 'Debian 12', 'debian-12 (Debian 12)'],
    }.each do |what, (base, system, message)|
      it "is not replaced by one #{what}" do
        prepare
        before = recorded
        image(base, system)

        expect(prepare).to have_attributes(status: 1, errors: <<~TEXT)
          prepare-clone: the overlay of clone1 was made for base image debian-13 (Debian 13), not for #{message}: a clone never moves to another base image; \
          give the new one another name and its clones another prefix, or stop these clones and remove their overlays: \
          cd #{host.path(state)} && rm -rf clone1-{overlay,workdir}
        TEXT
        expect(recorded).to eq(before)
      end
    end

    it 'is another one after the overlay was removed, with the command in the message' do
      prepare
      image('debian-12', 'Debian 12')
      remedy = prepare.errors[/cd .*/]
      expect(system('bash', '-c', remedy)).to be(true)

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(recorded).to start_with('debian-12 Debian 12 ')
    end

    it 'is another one after only the overlay was removed' do
      prepare
      image('debian-12', 'Debian 12')
      FileUtils.rm_rf(host.path(overlay))

      expect(prepare.status).to eq(0)
      expect(recorded).to start_with('debian-12 Debian 12 ')
    end

    ['', "\0" * 30, "debian-13 Debian\n"].each do |damaged|
      it "is recorded anew where the record is damaged: #{damaged.inspect}" do
        prepare
        host.write(record, damaged)

        expect(prepare).to have_attributes(status: 0, errors: '')
        expect(recorded).to start_with('debian-13 Debian 13 ')
      end
    end

    context 'with an image of an earlier version of the module, which does not say what it is' do
      before do
        FileUtils.rm(host.path("#{state}/debian-13/usr/share/puppet-clone-army/system"))
        host.write('/etc/puppet-clone-army/bases/debian-13/definition', "OS='Debian'\nRELEASE='13'\nSUITE='trixie'\n")
      end

      it 'is that of the definition if it was built from it' do
        check(0)
        prepare
        expect(recorded).to start_with('debian-13 Debian 13 ')
      end

      it 'stays unknown if the definition has changed since' do
        check(1)
        expect(prepare).to have_attributes(status: 0, errors: '')
        expect(recorded).to be_nil
      end
    end

    it 'is unknown as long as systemd has the units of an earlier version of the module' do
      FileUtils.rm(host.path('/run/systemd/generator/puppet-clone-army.layers'))
      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(recorded).to be_nil
    end

    it 'is out of reach of the clone, and overlayfs leaves the record alone' do
      prepare
      before = recorded
      skip 'needs root' unless Process.uid.zero?
      ['/root', '/disk'].each { |folder| FileUtils.mkdir_p(host.path(folder)) }

      mounted = system('unshare', '--mount', 'sh', '-ec', <<~SHELL)
        mount -t tmpfs tmpfs #{host.path('/disk')}
        cp -a #{host.path(state)} #{host.path('/disk')}/state
        cd #{host.path('/disk')}/state
        for i in 1 2; do
          mount -t overlay overlay -o lowerdir=debian-13,upperdir=clone1-overlay,workdir=clone1-workdir #{host.path('/root')}
          echo written > #{host.path('/root')}/file
          ! grep -rq '#{before}' #{host.path('/root')}
          umount #{host.path('/root')}
          grep -qx '#{before}' clone1-workdir/base
        done
      SHELL
      expect(mounted).to be(true)
    end
  end

  describe 'patches' do
    let(:folders) { ['/srv/next', '/srv/common'].map { |folder| host.path(folder) } }

    before do
      host.write("#{state}/debian-13/usr/share/puppet-clone-army/agent.json", '{}')
      host.write("#{state}/debian-13/usr/share/puppet-clone-army/system", "Debian 13\n")
      host.write('/srv/next/etc/motd', 'next')
      host.write('/srv/common/etc/motd', 'common')
      patched(*folders)
    end

    def patched(*folders)
      lines = ['clone1', 'clone2'].map { |clone| [clone, 'debian-13', folders.join(':')].join(' ').strip }
      host.write('/run/systemd/generator/puppet-clone-army.layers', "#{lines.join("\n")}\n")
    end

    def link(number, clone: 'clone1')
      host.path("/run/puppet-clone-army/#{clone}/#{number}")
    end

    # Starts a clone without a failure.
    def start(clone = 'clone1')
      expect(prepare(clone)).to have_attributes(status: 0, errors: '')
    end

    def motd(number, **clone)
      File.read("#{link(number, **clone)}/etc/motd")
    end

    def copies
      Dir.children(host.path(state)).grep(/\A\.patch-/)
    end

    it 'are copies that clones share' do
      start
      start('clone2')
      expect([motd(1), motd(2)]).to eq(['next', 'common'])
      expect(File.readlink(link(1, clone: 'clone2'))).to eq(File.readlink(link(1)))
      expect(copies.length).to eq(2)
    end

    it 'can be edited while clones run, which see the change after their next start' do
      start
      start('clone2')
      File.write(host.path('/srv/next/etc/motd'), 'NEXT')
      expect(motd(1)).to eq('next')

      start('clone2')
      expect([motd(1), motd(1, clone: 'clone2')]).to eq(['next', 'NEXT'])
    end

    it 'keep owners, modes, links and times' do
      FileUtils.chmod(0o750, host.path('/srv/next'))
      File.symlink('/etc/motd', host.path('/srv/next/etc/link'))
      File.utime(1, 1, host.path('/srv/next/etc/motd'))
      start

      expect(File.stat(link(1)).mode & 0o777).to eq(0o750)
      expect(File.readlink("#{link(1)}/etc/link")).to eq('/etc/motd')
      expect(File.mtime("#{link(1)}/etc/motd").to_i).to eq(1)
    end

    it 'can be links to folders' do
      File.symlink(host.path('/srv/next'), host.path('/srv/current'))
      patched(host.path('/srv/current'))
      start
      expect(motd(1)).to eq('next')
    end

    it 'go when a copy is made and no clone has a link to them' do
      start
      ['one', 'two', 'three'].each do |text|
        File.write(host.path('/srv/next/etc/motd'), text)
        start
      end
      expect(copies.length).to eq(2)
    end

    it 'go with the parameter' do
      start
      patched
      start
      expect(host.exist?('/run/puppet-clone-army/clone1')).to be(false)
    end

    it 'are made again where a copy was interrupted' do
      start
      copy = File.readlink(link(1))
      File.rename(copy, "#{copy}.new")
      FileUtils.rm("#{copy}.new/etc/motd")

      start
      expect(motd(1)).to eq('next')
    end

    it 'keep a clone from starting if a folder is missing' do
      patched(*folders, '/missing')
      expect(prepare).to have_attributes(status: 1, errors: %r{clone1: the folder /missing in patches does not exist})
    end

    it 'keep a clone from starting while their files change' do
      host.stand_in('cp', "/bin/cp \"$@\" && echo more >> '#{host.path('/srv/next/etc/motd')}'")
      expect(prepare).to have_attributes(status: 1, errors: /files in .*next changed while they were copied; start the clone again/)
      FileUtils.rm(host.path('/bin/cp'))
      start
      expect(motd(1)).to start_with('next')
    end

    it 'are left to the units of an earlier version of the module, which mount the folders themselves' do
      FileUtils.rm(host.path('/run/systemd/generator/puppet-clone-army.layers'))
      start
      expect(copies).to be_empty
    end
  end
end
