# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/raise-limits' do
  let(:host) { Sandbox.new }

  before do
    host.install_scripts('raise-limits')
    host.write('/etc/puppet-clone-army/limits', <<~LIMITS)
      # Managed by Puppet
      fs.inotify.max_user_instances 1000
      kernel.pid_max 40000
      no.such.limit 5
    LIMITS
    host.write('/proc/sys/fs/inotify/max_user_instances', "128\n")
    host.write('/proc/sys/kernel/pid_max', "4194304\n")
    host.write('/proc/sys/kernel/random/boot_id', "boot-1\n")
    host.stand_in('systemd-detect-virt', 'exit 1')
  end

  after { host.remove }

  def raise_limits(*arguments)
    host.run('/usr/local/libexec/puppet-clone-army/raise-limits', *arguments)
  end

  it 'raises limits that are too low, and reports them' do
    expect(raise_limits).to have_attributes(status: 0, output: "raise-limits: fs.inotify.max_user_instances: 1000\n", errors: '')
    expect(host.read('/proc/sys/fs/inotify/max_user_instances')).to eq("1000\n")
  end

  it 'lowers nothing' do
    raise_limits
    expect(host.read('/proc/sys/kernel/pid_max')).to eq("4194304\n")
  end

  it 'accepts the path of a file outside of /proc/sys' do
    merging = host.path('/sys/kernel/mm/ksm/run')
    host.write('/sys/kernel/mm/ksm/run', "0\n")
    host.write('/etc/puppet-clone-army/limits', "#{merging} 1\n")

    expect(raise_limits).to have_attributes(status: 0, output: "raise-limits: #{merging}: 1\n", errors: '')
    expect(host.read('/sys/kernel/mm/ksm/run')).to eq("1\n")
  end

  it 'ignores limits that the kernel does not have' do
    raise_limits
    expect(host.exist?('/proc/sys/no/such/limit')).to be(false)
  end

  it 'changes nothing while Puppet has not written the limits of the first fleet' do
    FileUtils.rm(host.path('/etc/puppet-clone-army/limits'))
    expect(raise_limits).to have_attributes(status: 0, output: '', errors: '')
  end

  it 'has a check that fails while a limit is too low, and changes nothing' do
    expect(raise_limits('--check').status).to eq(1)
    expect(host.read('/proc/sys/fs/inotify/max_user_instances')).to eq("128\n")

    raise_limits
    expect(raise_limits('--check').status).to eq(0)
  end

  describe 'the record for remove-fleet' do
    let(:record) { '/etc/puppet-clone-army/limits.before' }

    def raise_to(wanted)
      host.write('/etc/puppet-clone-army/limits', "fs.inotify.max_user_instances #{wanted}\n")
      raise_limits
      host.read(record)
    end

    it 'has the limits that were raised, with their values before, and only root reads it' do
      expect(raise_to(1000)).to eq("fs.inotify.max_user_instances 128 1000 boot-1\n")
      expect(host.mode(record)).to eq('0600')
    end

    it 'keeps the first value when the fleet grows' do
      raise_to(1000)
      expect(raise_to(2000)).to eq("fs.inotify.max_user_instances 128 2000 boot-1\n")
    end

    it 'has a value that somebody else has set since' do
      raise_to(1000)
      host.write('/proc/sys/fs/inotify/max_user_instances', "500\n")
      expect(raise_to(1000)).to eq("fs.inotify.max_user_instances 500 1000 boot-1\n")
    end

    it 'starts anew after a reboot' do
      raise_to(1000)
      host.write('/proc/sys/kernel/random/boot_id', "boot-2\n")
      expect(raise_to(2000)).to eq("fs.inotify.max_user_instances 1000 2000 boot-2\n")
    end

    it 'survives a reboot of a host that is a container' do
      host.stand_in('systemd-detect-virt')
      raise_to(1000)
      expect(raise_to(2000)).to eq("fs.inotify.max_user_instances 128 2000 container\n")
    end

    it 'does not exist if no limit was too low' do
      host.write('/etc/puppet-clone-army/limits', "kernel.pid_max 40000\n")
      raise_limits
      expect(host.exist?(record)).to be(false)
    end
  end

  it 'reports a limit that cannot be raised, and what to do' do
    # A folder in place of the file, because root can write to any file.
    FileUtils.rm(host.path('/proc/sys/fs/inotify/max_user_instances'))
    host.stand_in('cat', "case $1 in */max_user_instances) echo 128 ;; *) exec /bin/cat \"$@\" ;; esac")
    FileUtils.mkdir(host.path('/proc/sys/fs/inotify/max_user_instances'))

    expect(raise_limits).to have_attributes(
      status: 1,
      errors: /fs\.inotify\.max_user_instances is 128 and cannot be set to 1000 here/,
    )
  end
end
