# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/remove-fleet' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  let(:script) { '/root/remove-fleet' }
  let(:paths) { %r{(?<![\w\}])/(?:etc|var/lib|usr/local/libexec|run|proc/1|proc/sys)\b} }

  before do
    host.install('remove-fleet', script, paths: paths)
    host.write('/proc/1/mountinfo', '')
    host.write('/proc/sys/kernel/random/boot_id', "boot-1\n")
    host.write('/etc/fstab', "kept\n")
    shared = ['/run/systemd/system', '/var/lib/machines/other', '/etc/dbus-1/system.d', '/usr/local/libexec', '/proc/sys/fs',
              '/etc/systemd/system/multi-user.target.wants']
    FileUtils.mkdir_p(shared.map { |folder| host.path(folder) })
    # Units are in a file, and `stop` unmounts.
    host.stand_in('systemctl', <<~SHELL)
      case $1 in
        list-units) cat '#{host.path("/units")}' 2> /dev/null ;;
        stop) rm -f '#{host.path("/units")}'; : > '#{host.path("/proc/1/mountinfo")}' ;;
        daemon-reload) rm -rf '#{host.path("/run/systemd/generator")}' ;;
      esac
      exit 0
    SHELL
    host.stand_in('systemd-detect-virt', 'exit 1')
  end

  after { host.remove }

  def remove(*options)
    host.run(script, *options)
  end

  def removed?(*options)
    remove('--check', *options).status.zero?
  end

  def tree
    Dir.glob("#{host.root}/{etc,var,usr,run,proc}/**/*", File::FNM_DOTMATCH).reject { |path| path.end_with?('/.') }.sort
  end

  def link(target, name)
    FileUtils.mkdir_p(File.dirname(host.path(name)))
    File.symlink(target, host.path(name))
  end

  def changes
    host.calls('systemctl').reject { |call| call.first == 'list-units' }
  end

  # A host with a fleet of two clones that run; systemd has forgotten the second.
  def deploy
    host.write('/etc/systemd/system/puppet-clone-army.target', '')
    host.write('/etc/systemd/system/puppet-clone-army@.service', '')
    host.write('/etc/systemd/system/puppet-clone-army@.service.d/own.conf', '')
    link('/dev/null', '/etc/systemd/system/puppet-clone-army@clone1.service')
    link('/gone/puppet-clone-army.target', '/etc/systemd/system/multi-user.target.wants/puppet-clone-army.target')
    host.write('/etc/systemd/system-generators/puppet-clone-army', '')
    host.write('/etc/systemd/system/systemd-machined.service.d/puppet-clone-army.conf', '')
    host.write('/etc/dbus-1/system.d/puppet-clone-army.conf', '')
    host.write('/etc/puppet-clone-army/bases/web/root-password', 'secret')
    host.write('/etc/puppet-clone-army/limits.before', "fs.file-max 5 90 boot-1\n")
    host.write('/proc/sys/fs/file-max', "90\n")
    host.write('/usr/local/libexec/puppet-clone-army/common.sh', '')
    host.write('/run/systemd/generator/puppet-clone-army.target.d/50-fleet.conf', "Wants=puppet-clone-army@clone1.service\n")
    host.write('/run/puppet-clone-army/restarted/clone1', '')
    host.write("#{state}/web/etc/hostname", '')
    host.write("#{state}/.web-definition/root-password", 'secret')
    ['clone1', 'load-2'].each do |clone|
      host.write("#{state}/#{clone}-overlay/etc/hostname", '')
      FileUtils.mkdir_p(host.path("/var/lib/machines/#{clone}"))
    end
    run_clones
  end

  def run_clones
    host.write('/units', "puppet-clone-army.target loaded active active Fleet\n* puppet-clone-army@clone1.service loaded active running Clone\n")
    host.write('/proc/1/mountinfo', ['clone1', 'load-2'].map do |clone|
      "1 2 0:3 / #{host.path('/var/lib/machines')}/#{clone} rw - overlay overlay rw,lowerdir=/a,upperdir=#{host.path(state)}/#{clone}-overlay\n"
    end.join)
  end

  describe 'a host that never had a fleet' do
    it 'passes the check, and nothing is changed' do
      before = tree

      expect(removed?('--purge', '--selinux')).to be(true)
      expect([tree, changes]).to eq([before, []])
    end
  end

  describe 'a host with a fleet' do
    let!(:before_fleet) { tree }

    before { deploy }

    it('fails the check') { expect(removed?).to be(false) }

    it 'is as it was before, but for images and overlays' do
      expect(remove).to have_attributes(status: 0, errors: '')

      left = tree - before_fleet
      expect(left.grep_v(%r{/var/lib/puppet-clone-army(/|\z)})).to eq([host.path('/proc/sys/fs/file-max')])
      expect(host.exist?("#{state}/clone1-overlay/etc/hostname")).to be(true)
      expect(removed?).to be(true)
    end

    it 'keeps no copy of a password' do
      remove
      expect(tree.grep(/root-password/)).to be_empty
    end

    it 'has nothing left with --purge' do
      expect(remove('--purge')).to have_attributes(status: 0, errors: '')
      expect(tree.grep(/puppet-clone-army|clone1|load-2/)).to be_empty
      expect(removed?('--purge')).to be(true)
    end

    it 'loses images and overlays when they are purged later' do
      remove
      expect(removed?('--purge')).to be(false)
      remove('--purge')
      expect(host.exist?(state)).to be(false)
    end

    it 'stops all clones, also those that systemd has forgotten, before their files go' do
      remove
      expect(changes.first).to eq(
        ['stop', 'puppet-clone-army.target', 'puppet-clone-army@clone1.service', 'var-lib-machines-clone1.mount', 'var-lib-machines-load\x2d2.mount']
      )
      expect(changes.last(3)).to eq([['daemon-reload'], ['reload', 'dbus.service'], ['try-restart', 'systemd-machined.service']])
    end

    it 'sets kernel limits back' do
      remove
      expect(host.read('/proc/sys/fs/file-max')).to eq("5\n")
    end

    it 'leaves a kernel limit that somebody else has set' do
      host.write('/proc/sys/fs/file-max', "70\n")
      remove
      expect(host.read('/proc/sys/fs/file-max')).to eq("70\n")
    end

    it 'leaves a kernel limit of an earlier boot' do
      host.write('/proc/sys/kernel/random/boot_id', "boot-2\n")
      remove
      expect(host.read('/proc/sys/fs/file-max')).to eq("90\n")
    end

    it 'leaves folders that others use, and files of others' do
      host.write('/etc/systemd/system-generators/other', '')
      host.write('/etc/systemd/system/puppet-clone-army-two.target', '')
      host.write('/var/lib/machines/clone1/file', '')
      remove('--purge')

      expect(host.exist?('/etc/systemd/system-generators/other')).to be(true)
      expect(host.exist?('/etc/systemd/system/puppet-clone-army-two.target')).to be(true)
      expect(host.exist?('/var/lib/machines/clone1/file')).to be(true)
      expect(host.exist?('/var/lib/machines/other')).to be(true)
      expect(removed?('--purge')).to be(true)
    end

    it 'removes nothing that a clone still uses, and says what to do' do
      host.stand_in('systemctl', 'exit 1')
      outcome = remove('--purge')

      expect(outcome).to have_attributes(status: 1, errors: /cannot unmount .*clone1 .*fuser -vm.* apply the class again/)
      expect(host.exist?("#{state}/clone1-overlay/etc/hostname")).to be(true)
      expect(host.exist?('/etc/systemd/system/puppet-clone-army@.service')).to be(true)
    end

    it 'refuses to remove layers while an image is being built' do
      lock = host.path("#{state}/.web.lock")
      FileUtils.touch(lock)
      outcome = File.open(lock) do |file|
        file.flock(File::LOCK_EX)
        remove('--purge')
      end

      expect(outcome).to have_attributes(status: 1, errors: /a base image is being built; wait/)
      expect(host.exist?("#{state}/web")).to be(true)
      expect(removed?).to be(false)
    end

    # A command that kills the script stands for a host that loses power at that moment.
    { 'systemctl' => [2, 4, 7], 'rm' => [1, 2, 3], 'rmdir' => [1], 'find' => [3] }.each do |command, calls|
      calls.each do |call|
        it "is done by the next run after a kill at call #{call} of #{command}" do
          counter = host.path("/count-#{command}")
          real = "PATH=#{ENV.fetch('PATH')} exec #{command} \"$@\""
          host.stand_in("plain-#{command}", command == 'systemctl' ? File.read(host.path('bin/systemctl')) : real)
          host.stand_in(command, <<~SHELL)
            echo >> '#{counter}'
            [ $(wc -l < '#{counter}') -ne #{call} ] || kill -KILL $PPID
            exec '#{host.path("bin/plain-#{command}")}' "$@"
          SHELL
          remove('--purge')
          host.stand_in(command, "exec '#{host.path("bin/plain-#{command}")}' \"$@\"")

          expect(remove('--purge')).to have_attributes(status: 0) unless removed?('--purge')
          expect(tree.grep(/puppet-clone-army|clone1|load-2/)).to be_empty
          expect(host.read('/proc/sys/fs/file-max')).to eq("5\n")
        end
      end
    end
  end

  describe 'with SELinux' do
    let(:rules) { '/etc/selinux/targeted/contexts/files/file_contexts.local' }

    before do
      ['semanage', 'restorecon'].each { |command| host.stand_in(command, ": > '#{host.path(rules)}'") }
      host.write(rules, "/usr/bin/systemd-nspawn    system_u:object_r:container_runtime_exec_t:s0\n")
    end

    it 'removes the label with --selinux' do
      expect(removed?('--selinux')).to be(false)
      remove('--selinux')

      expect(host.calls('semanage')).to eq([['fcontext', '--delete', '/usr/bin/systemd-nspawn']])
      expect(host.calls('restorecon')).to eq([['/usr/bin/systemd-nspawn']])
      expect(removed?('--selinux')).to be(true)
    end

    it('leaves a rule of somebody else without it') { expect(removed?).to be(true) }
  end

  it 'rejects an unknown option' do
    expect(remove('--all')).to have_attributes(status: 1, errors: /unknown option --all; usage/)
  end
end
