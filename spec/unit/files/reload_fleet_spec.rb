# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/reload-fleet' do
  let(:host) { Sandbox.new }
  let(:generator) { '/etc/systemd/system-generators/puppet-clone-army' }

  before do
    host.install_scripts('reload-fleet')
    host.install('fleet-generator', generator)
    host.write('/proc/1/mountinfo', '')
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    fleet_of(3)
    systemd
  end

  after { host.remove }

  def fleet_of(count, more = {})
    group = { 'base' => 'debian-13', 'prefix' => 'clone', 'first' => 1, 'count' => count }
    host.write('/etc/puppet-clone-army/fleet.json', JSON.generate({ 'lanes' => 2, 'groups' => [group] }.merge(more)))
  end

  # Fakes a systemd with this many clones loaded.
  def systemd(loaded: 0, jobs: '')
    units = (1..loaded).map { |i| "puppet-clone-army@clone#{i}.service loaded active running Clone" }
    host.stand_in('systemctl', <<~SHELL)
      case $1 in
        list-jobs) echo '#{jobs}' ;;
        list-units) echo '#{units.join("\n")}' ;;
        daemon-reload) mkdir -p '#{host.path("/run/systemd/generator")}' && '#{host.path(generator)}' '#{host.path("/run/systemd/generator")}' ;;
      esac
    SHELL
  end

  def reload(*arguments)
    host.run('/usr/local/libexec/puppet-clone-army/reload-fleet', *arguments)
  end

  def check
    reload('--check').status
  end

  # Calls that change something.
  def changes
    host.calls('systemctl').reject { |call| call.first.start_with?('list-') }
  end

  describe 'a build of a base image' do
    let(:state) { '/var/lib/puppet-clone-army' }

    before do
      reload
      host.write("#{state}/debian-13-building/etc/os-release", '')
      host.write("#{state}/.debian-13-definition/definition/definition", '')
      host.write("#{state}/.debian-13.lock", '')
    end

    it 'leaves nothing behind if it was killed' do
      expect(check).to eq(1)
      expect(reload).to have_attributes(status: 0, errors: '')
      expect(Dir.children(host.path(state))).to contain_exactly('.debian-13.lock', '.patches.lock')
      expect(check).to eq(0)
    end

    it 'is left alone while it is running' do
      File.open(host.path("#{state}/.debian-13.lock")) do |lock|
        lock.flock(File::LOCK_EX)

        expect(check).to eq(0)
        expect(reload.status).to eq(0)
        expect(host.exist?("#{state}/debian-13-building/etc/os-release")).to be(true)
      end
    end
  end

  describe 'the check' do
    it('fails if systemd has not loaded a fleet') { expect(check).to eq(1) }

    it 'passes after a reload' do
      expect(reload).to have_attributes(status: 0, errors: '')
      expect(check).to eq(0)
    end

    it 'fails after a change of the fleet' do
      reload
      fleet_of(4)

      expect(check).to eq(1)
    end

    it 'fails after a change of the generator' do
      reload
      File.write(host.path(generator), "# another version\n", mode: 'a')

      expect(check).to eq(1)
    end

    ['puppet-clone-army.target', 'puppet-clone-army@.service', 'puppet-clone-army-prepare@.service'].each do |unit|
      it "fails after a change of #{unit}" do
        host.write("/etc/systemd/system/#{unit}", "[Unit]\n")
        reload
        expect(check).to eq(0)

        host.write("/etc/systemd/system/#{unit}", "[Unit]\nDescription=Another\n")
        expect(check).to eq(1)
      end
    end

    it 'does not query systemd, which would load all units that it is asked about' do
      reload
      before = host.calls('systemctl').length
      check

      expect(host.calls('systemctl').length).to eq(before)
    end

    it 'fails if the generator failed' do
      host.write('/etc/puppet-clone-army/fleet.json', '{ "lanes": 2, "groups": [ { "base": "a", "prefix": "b", "first": 1 } ] }')
      host.run(generator, host.path('/run/systemd/generator'))

      expect(check).to eq(1)
    end

    it 'changes nothing' do
      check
      expect(changes).to be_empty
    end
  end

  it 'stops clones that left the fleet in one call, before their units disappear' do
    systemd(loaded: 5)

    expect(reload).to have_attributes(status: 0)
    expect(changes).to eq([['stop', 'puppet-clone-army@clone4.service', 'puppet-clone-army@clone5.service'], ['daemon-reload']])
  end

  describe 'clones that systemd has forgotten, because something else reloaded it after the fleet changed' do
    before do
      reload
      roots = ['clone3', 'load-a1'].map do |clone|
        "1 2 0:3 / #{host.path('/var/lib/machines')}/#{clone} rw shared:5 - overlay overlay rw,lowerdir=/a,upperdir=#{host.path('/var/lib/puppet-clone-army')}/#{clone}-overlay\n"
      end
      other = "4 5 8:1 / #{host.path('/var/lib/machines')}/other rw - ext4 /dev/sda1 rw\n"
      host.write('/proc/1/mountinfo', [*roots, other].join)
    end

    it('fail the check') { expect(check).to eq(1) }

    it 'are stopped with their mounts' do
      reload
      expect(changes).to include(['stop', 'var-lib-machines-load\\x2da1.mount'])
    end
  end

  it 'leaves no temporary files behind when it is terminated' do
    FileUtils.mkdir_p(host.path('/temporary'))
    host.stand_in('systemctl', 'kill -TERM $PPID')
    outcome = host.run('/usr/local/libexec/puppet-clone-army/reload-fleet', TMPDIR: host.path('/temporary'))

    expect(outcome.status).to eq(143)
    expect(Dir.children(host.path('/temporary'))).to be_empty
  end

  it 'stops no clones that stay in the fleet' do
    systemd(loaded: 3)
    reload

    expect(changes).to eq([['daemon-reload']])
  end

  it 'does not reload systemd if the fleet is invalid' do
    host.write('/etc/puppet-clone-army/fleet.json', '{}')
    systemd(loaded: 5)

    expect(reload).to have_attributes(status: be_positive, errors: /no "lanes"/)
    expect(changes).to be_empty
  end

  describe 'layers below the base image' do
    let(:state) { '/var/lib/puppet-clone-army' }
    let(:layers) { ['.timer', '.service', '.timer-0a1b2c3d', '.service-0a1b2c3d', '.service-4e5f6071'] }

    before do
      host.write("#{state}/debian-13/etc/os-release", '')
      layers.each { |layer| host.write("#{state}/#{layer}/etc/systemd/journald.conf.d/file", '') }
      fleet_of(3, 'layer' => '.service-4e5f6071')
    end

    # Mounts a clone on a layer.
    def mount(layer, separator: ':')
      lower = ['debian-13', layer].map { |name| host.path("#{state}/#{name}") }
      options = "rw,lowerdir=#{lower.join(separator)},upperdir=#{host.path(state)}/clone1-overlay,workdir=#{host.path(state)}/clone1-workdir"
      host.write('/proc/1/mountinfo', "1 2 0:3 / #{host.path('/var/lib/machines')}/clone1 rw shared:5 - overlay overlay #{options}\n")
    end

    def left
      Dir.children(host.path(state)).grep(/\A\.(timer|service)/)
    end

    it 'are removed if they are not the current one and no clone is mounted on them' do
      expect(reload).to have_attributes(status: 0, errors: '')
      expect(left).to contain_exactly('.service-4e5f6071')
      expect(host.exist?("#{state}/debian-13/etc/os-release")).to be(true)
    end

    ['.timer', '.timer-0a1b2c3d'].each do |layer|
      it "stay while a clone is mounted on them, such as #{layer}" do
        mount(layer)
        reload
        expect(left).to contain_exactly(layer, '.service-4e5f6071')
      end
    end

    it 'stay where the kernel lists each layer on its own' do
      mount('.timer-0a1b2c3d', separator: ',lowerdir+=')
      reload
      expect(left).to contain_exactly('.timer-0a1b2c3d', '.service-4e5f6071')
    end

    it 'stay while a clone is being mounted, which may be on one of them' do
      systemd(jobs: '7 var-lib-machines-clone1.mount start running')
      reload
      expect(left).to match_array(layers)
    end

    it 'stay while fleet.json is that of an earlier version of the module' do
      fleet_of(3)
      expect(reload).to have_attributes(status: 0, errors: '')
      expect(left).to match_array(layers)
    end

    it 'stay if the reload fails' do
      host.write('/etc/puppet-clone-army/fleet.json', '{}')
      reload
      expect(left).to match_array(layers)
    end
  end

  it 'removes copies of patches that no clone has a link to' do
    state = '/var/lib/puppet-clone-army'
    ['used', 'unused', 'other.new'].each { |name| host.write("#{state}/.patch-#{name}/etc/motd", '') }
    FileUtils.mkdir_p(host.path('/run/puppet-clone-army/clone1'))
    File.symlink(host.path("#{state}/.patch-used"), host.path('/run/puppet-clone-army/clone1/1'))

    expect(reload).to have_attributes(status: 0, errors: '')
    expect(Dir.children(host.path(state))).to contain_exactly('.patch-used', '.patches.lock')
  end
end
