# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/fleet-generator' do
  let(:host) { Sandbox.new }
  let(:fleet) { { 'version' => 1, 'host' => 'host.example.com', 'server' => 'puppet.example.com', 'run_mode' => 'service', 'lanes' => 2, 'layer' => '.service-0a1b2c3d', 'groups' => groups } }
  let(:groups) { [group('debian-13', 'clone', 1, 5)] }

  before do
    # Only the path of fleet.json is redirected: units contain the paths of a real host.
    host.install('fleet-generator', '/generator', paths: '/etc/puppet-clone-army')
    FileUtils.mkdir_p(host.path('/units'))
  end

  after { host.remove }

  def group(base, prefix, first, count)
    { 'base' => base, 'prefix' => prefix, 'first' => first, 'count' => count }
  end

  def generate(text = JSON.pretty_generate(fleet))
    host.write('/etc/puppet-clone-army/fleet.json', text)
    host.run('/generator', host.path('/units'))
  end

  # A unit as a hash of sections, of keys, of lists of values.
  def unit(name)
    sections = Hash.new { |all, section| all[section] = Hash.new { |keys, key| keys[key] = [] } }
    host.read("/units/#{name}").lines(chomp: true).reduce(nil) do |section, line|
      next Regexp.last_match(1) if line =~ /\A\[(.*)\]\z/

      key, value = line.split('=', 2)
      sections[section][key] << value unless line.start_with?('#')
      section
    end
    sections
  end

  def mounts
    Dir.children(host.path('/units')).grep(/\.mount\z/)
  end

  def wanted
    unit('puppet-clone-army.target.d/50-fleet.conf')['Unit']['Wants']
  end

  def service(clone)
    "puppet-clone-army@#{clone}.service"
  end

  def prepare(clone)
    "puppet-clone-army-prepare@#{clone}.service"
  end

  it 'has the agent of each base image loaded for its clones, if the fleet says so' do
    groups << group('debian-12', 'old-', 1, 1)
    generate
    expect(unit('var-lib-machines-clone1.mount')['Unit']).not_to have_key('Wants')
    fleet['preload'] = true
    generate
    wants = ['var-lib-machines-clone1.mount', 'var-lib-machines-old\\x2d1.mount'].map { |name| unit(name)['Unit']['Wants'] }
    expect(wants).to eq([['puppet-clone-army-preload@debian-13.service'], ['puppet-clone-army-preload@debian-12.service']])
  end

  it 'creates a mount unit for the root of each clone, and no other' do
    generate
    expect(mounts).to match_array((1..5).map { |i| "var-lib-machines-clone#{i}.mount" })
  end

  it 'makes the target want each clone' do
    generate
    expect(wanted).to eq((1..5).map { |i| service("clone#{i}") })
  end

  it 'mounts the overlay of a clone over its base image' do
    generate
    state = '/var/lib/puppet-clone-army'
    expect(unit('var-lib-machines-clone3.mount')['Mount']).to eq(
      'What' => ['overlay'],
      'Type' => ['overlay'],
      'Where' => ['/var/lib/machines/clone3'],
      'Options' => ["lowerdir=#{state}/debian-13:#{state}/.service-0a1b2c3d,upperdir=#{state}/clone3-overlay,workdir=#{state}/clone3-workdir"],
      'SyslogLevel' => ['notice'],
      'LogLevelMax' => ['notice'],
    )
  end

  it 'mounts copies of patches in between, the first on top, and requires all of the folders' do
    groups.first['patches'] = '/srv/next:/srv/common'
    generate
    mount = unit('var-lib-machines-clone3.mount')
    state = '/var/lib/puppet-clone-army'
    expect(mount['Mount']['Options'].first).to start_with("lowerdir=/run/puppet-clone-army/clone3/1:/run/puppet-clone-army/clone3/2:#{state}/debian-13:#{state}/.service-0a1b2c3d,upperdir=")
    expect(mount['Unit']['AssertPathIsDirectory']).to eq(['/srv/next', '/srv/common'])
  end

  ['timer', 'service'].each do |mode|
    it "mounts the layer of mode #{mode} without a version if fleet.json is that of an earlier version of the module" do
      fleet.merge!('run_mode' => mode, 'run_interval' => 1800).delete('layer')
      expect(generate).to have_attributes(status: 0, errors: '')
      expect(unit('var-lib-machines-clone3.mount')['Mount']['Options'].first)
        .to start_with("lowerdir=/var/lib/puppet-clone-army/debian-13:/var/lib/puppet-clone-army/.#{mode},")
    end
  end

  it 'requires a finished base image and a prepared overlay' do
    generate
    expect(unit('var-lib-machines-clone3.mount')['Unit']).to include(
      'AssertPathExists' => ['/var/lib/puppet-clone-army/debian-13/usr/share/puppet-clone-army/agent.json'],
      'Requires' => [prepare('clone3')],
      'After' => a_collection_including(prepare('clone3')),
    )
  end

  it 'unmounts when the service or the host stops' do
    generate
    expect(unit('var-lib-machines-clone3.mount')['Unit']).to include(
      'StopWhenUnneeded' => ['yes'], 'Conflicts' => ['umount.target'], 'Before' => a_collection_including('umount.target'),
    )
  end

  it 'waits for the file system of images and overlays, if they have one of their own' do
    generate
    expect(unit('var-lib-machines-clone3.mount')['Unit']).to include('RequiresMountsFor' => ['/var/lib/puppet-clone-army'])
  end

  describe 'lanes' do
    def neighbours(clone)
      orders = unit("var-lib-machines-#{clone}.mount")['Unit']
      [orders['After'] - [prepare(clone)], orders['Before'] - ['umount.target']]
    end

    it 'start each clone after the previous one and before the next one in the lane' do
      generate
      expect((1..5).map { |i| neighbours("clone#{i}") }).to eq(
        [
          [[], [prepare('clone3')]],
          [[], [prepare('clone4')]],
          [[service('clone1')], [prepare('clone5')]],
          [[service('clone2')], []],
          [[service('clone3')], []],
        ],
      )
    end

    context 'with more lanes than clones' do
      let(:fleet) { super().merge('lanes' => 8) }

      it 'start all clones at once' do
        generate
        expect((1..5).flat_map { |i| neighbours("clone#{i}") }).to all(be_empty)
      end
    end

    context 'with two groups' do
      let(:groups) { [group('debian-13', 'web', 1, 2), group('debian-12', 'db', 1, 2)] }

      it 'continue from one group to the next' do
        generate
        expect(['web1', 'web2', 'db1', 'db2'].map { |clone| neighbours(clone).first })
          .to eq([[], [], [service('web1')], [service('web2')]])
      end
    end
  end

  context 'with two groups' do
    let(:groups) { [group('debian-13', 'web', 1, 1), group('debian-12', 'db', 7, 2)] }

    it 'names the clones of each group by its prefix and numbers' do
      generate
      expect(wanted).to eq([service('web1'), service('db7'), service('db8')])
    end

    it 'lists the base image and the patches of each clone, for prepare-clone' do
      groups.last['patches'] = '/srv/next:/srv/common'
      generate
      expect(host.read('/units/puppet-clone-army.layers').lines(chomp: true))
        .to eq(['web1 debian-13', 'db7 debian-12 /srv/next:/srv/common', 'db8 debian-12 /srv/next:/srv/common'])
    end

    it 'mounts the clones of each group over its own base image' do
      generate
      lower = ['web1', 'db7'].map { |clone| unit("var-lib-machines-#{clone}.mount")['Mount']['Options'].first[/lowerdir=([^,:]+)/, 1] }
      expect(lower).to eq(['/var/lib/puppet-clone-army/debian-13', '/var/lib/puppet-clone-army/debian-12'])
    end
  end

  describe 'slots' do
    let(:fleet) { super().merge('run_mode' => 'timer', 'run_interval' => interval) }
    let(:interval) { 1800 }

    def slots
      host.read('/units/puppet-clone-army.slots').lines(chomp: true).to_h { |line| line.split(' ', 2) }
    end

    # Number of runs that start in each second of the interval with at least one.
    def starts
      slots.values.map { |slot| slot[/[\d:\/*]+:[\d.]+ UTC/].sub(/\.\d+ UTC/, '') }.tally.values
    end

    it 'spread the clones over the interval, in order' do
      generate
      expect(slots).to eq(
        'clone1' => '*-*-* *:0/30:00.000 UTC',
        'clone2' => '*-*-* *:6/30:00.000 UTC',
        'clone3' => '*-*-* *:12/30:00.000 UTC',
        'clone4' => '*-*-* *:18/30:00.000 UTC',
        'clone5' => '*-*-* *:24/30:00.000 UTC',
      )
    end

    {
      60 => ['*-*-* *:0/1:00.000 UTC', '*-*-* *:0/1:12.000 UTC'],
      3600 => ['*-*-* 0/1:00:00.000 UTC', '*-*-* 0/1:12:00.000 UTC'],
      21_600 => ['*-*-* 0/6:00:00.000 UTC', '*-*-* 1/6:12:00.000 UTC'],
      86_400 => ['*-*-* 0:00:00.000 UTC', '*-*-* 4:48:00.000 UTC'],
    }.each do |seconds, first_two|
      context "with runs every #{seconds} seconds" do
        let(:interval) { seconds }

        it 'are valid calendar events' do
          generate
          expect(slots.values.first(2)).to eq(first_two)
        end
      end
    end

    context 'with more clones than seconds, in two groups' do
      let(:interval) { 60 }
      let(:groups) { [group('debian-13', 'web', 1, 50), group('debian-12', 'db', 1, 93)] }

      it 'are spread evenly over the seconds' do
        generate
        expect(slots.size).to eq(143)
        expect(starts.max).to eq(3)
        expect(starts.size).to eq(60)
      end
    end

    context 'without an interval' do
      let(:fleet) { super().except('run_interval') }

      it { expect(generate).to have_attributes(status: 1, errors: /no "run_interval"/) }
    end

    context 'with agents that run as a service' do
      let(:fleet) { super().merge('run_mode' => 'service') }

      it 'do not exist' do
        generate
        expect(host.exist?('/units/puppet-clone-army.slots')).to be(false)
      end
    end
  end

  context 'with dashes in the prefix' do
    let(:groups) { [group('debian-13', 'load-a-b', 1, 1)] }

    it 'escapes them in the names of mount units' do
      generate
      expect(mounts).to contain_exactly('var-lib-machines-load\x2da\x2db1.mount')
      expect(unit('var-lib-machines-load\x2da\x2db1.mount')['Mount']['Where']).to eq(['/var/lib/machines/load-a-b1'])
      expect(wanted).to eq([service('load-a-b1')])
    end
  end

  it 'accepts JSON on one line' do
    expect(generate(JSON.generate(fleet))).to have_attributes(status: 0, errors: '')
    expect(wanted.size).to eq(5)
  end

  it 'is silent and creates no unit if there is no fleet' do
    expect(host.run('/generator', host.path('/units'))).to have_attributes(status: 0, output: '', errors: '')
    expect(Dir.children(host.path('/units'))).to be_empty
  end

  {
    'nothing' => ['', /no "lanes"/],
    'text that is not JSON' => ['# to do', /no "lanes"/],
    'a missing number of lanes' => ['{ "groups": [ { "base": "a", "prefix": "b", "first": 1, "count": 1 } ] }', /no "lanes"/],
    'an invalid layer' => ['{ "lanes": 2, "layer": 1, "groups": [] }', /no "layer"/],
    'a group without a base' => ['{ "lanes": 2, "groups": [ { "prefix": "b", "first": 1, "count": 1 } ] }', /a group has no "base"/],
    'a group without a count' => ['{ "lanes": 2, "groups": [ { "base": "a", "prefix": "b", "first": 1 } ] }', /no "count"/],
    'an invalid number' => ['{ "lanes": 2, "groups": [ { "base": "a", "prefix": "b", "first": "x", "count": 1 } ] }', /no "first"/],
  }.each do |what, (text, message)|
    it "reports #{what} in fleet.json" do
      outcome = generate(text)

      expect(outcome.status).to eq(1)
      expect(outcome.errors).to match(/\Afleet-generator: .*fleet\.json: #{message}/)
      expect(mounts).to be_empty
      expect(host.exist?('/units/puppet-clone-army.target.d/50-fleet.conf')).to be(false)
    end
  end

  it 'reports a missing argument' do
    expect(host.run('/generator')).to have_attributes(status: be_positive, errors: /called by systemd/)
  end
end
