# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/fleet-generator' do
  let(:host) { Sandbox.new }
  let(:fleet) { { 'version' => 1, 'host' => 'host.example.com', 'server' => 'puppet.example.com', 'run_mode' => 'service', 'lanes' => 2, 'groups' => groups } }
  let(:groups) { [group('debian-13', 'clone', 1, 5)] }

  before do
    # Units are to name the paths of a real host.
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

  # A unit as a hash of sections of lists of values.
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

  it 'makes a mount unit for the root of each clone, and no other' do
    generate
    expect(mounts).to match_array((1..5).map { |i| "var-lib-machines-clone#{i}.mount" })
  end

  it 'has the target want each clone' do
    generate
    expect(wanted).to eq((1..5).map { |i| service("clone#{i}") })
  end

  it 'lays the overlay of a clone over its base image' do
    generate
    state = '/var/lib/puppet-clone-army'
    expect(unit('var-lib-machines-clone3.mount')['Mount']).to eq(
      'What' => ['overlay'],
      'Type' => ['overlay'],
      'Where' => ['/var/lib/machines/clone3'],
      'Options' => ["lowerdir=#{state}/debian-13,upperdir=#{state}/clone3-overlay,workdir=#{state}/clone3-workdir"],
    )
  end

  it 'lays patches between, the first on top, and mounts nothing where one is missing' do
    groups.first['patches'] = '/srv/next:/srv/common'
    generate
    mount = unit('var-lib-machines-clone3.mount')
    expect(mount['Mount']['Options'].first).to start_with('lowerdir=/srv/next:/srv/common:/var/lib/puppet-clone-army/debian-13,upperdir=')
    expect(mount['Unit']['AssertPathIsDirectory']).to eq(['/srv/next', '/srv/common'])
  end

  it 'mounts nothing without a finished base image and a prepared layer' do
    generate
    expect(unit('var-lib-machines-clone3.mount')['Unit']).to include(
      'AssertPathExists' => ['/var/lib/puppet-clone-army/debian-13/usr/share/puppet-clone-army/agent.json'],
      'Requires' => [prepare('clone3')],
      'After' => a_collection_including(prepare('clone3')),
    )
  end

  it 'unmounts with the service, and with the host' do
    generate
    expect(unit('var-lib-machines-clone3.mount')['Unit']).to include(
      'StopWhenUnneeded' => ['yes'], 'Conflicts' => ['umount.target'], 'Before' => a_collection_including('umount.target'),
    )
  end

  describe 'lanes' do
    def neighbours(clone)
      orders = unit("var-lib-machines-#{clone}.mount")['Unit']
      [orders['After'] - [prepare(clone)], orders['Before'] - ['umount.target']]
    end

    it 'starts each clone after the one before it in its lane, and before the next' do
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

    context 'with more of them than clones' do
      let(:fleet) { super().merge('lanes' => 8) }

      it 'lets all start at once' do
        generate
        expect((1..5).flat_map { |i| neighbours("clone#{i}") }).to all(be_empty)
      end
    end

    context 'with two groups' do
      let(:groups) { [group('debian-13', 'web', 1, 2), group('debian-12', 'db', 1, 2)] }

      it 'go on from one to the next' do
        generate
        expect(['web1', 'web2', 'db1', 'db2'].map { |clone| neighbours(clone).first })
          .to eq([[], [], [service('web1')], [service('web2')]])
      end
    end
  end

  context 'with two groups' do
    let(:groups) { [group('debian-13', 'web', 1, 1), group('debian-12', 'db', 7, 2)] }

    it 'names the clones of each by its prefix and its numbers' do
      generate
      expect(wanted).to eq([service('web1'), service('db7'), service('db8')])
    end

    it 'lays those of each over its own base image' do
      generate
      lower = ['web1', 'db7'].map { |clone| unit("var-lib-machines-#{clone}.mount")['Mount']['Options'].first[/lowerdir=([^,]+)/, 1] }
      expect(lower).to eq(['/var/lib/puppet-clone-army/debian-13', '/var/lib/puppet-clone-army/debian-12'])
    end
  end

  context 'with dashes in the prefix' do
    let(:groups) { [group('debian-13', 'load-a-b', 1, 1)] }

    it 'escapes them where systemd reads a path out of the name' do
      generate
      expect(mounts).to contain_exactly('var-lib-machines-load\x2da\x2db1.mount')
      expect(unit('var-lib-machines-load\x2da\x2db1.mount')['Mount']['Where']).to eq(['/var/lib/machines/load-a-b1'])
      expect(wanted).to eq([service('load-a-b1')])
    end
  end

  it 'reads JSON on one line as well' do
    expect(generate(JSON.generate(fleet))).to have_attributes(status: 0, errors: '')
    expect(wanted.size).to eq(5)
  end

  it 'is silent and makes no unit where there is no fleet' do
    expect(host.run('/generator', host.path('/units'))).to have_attributes(status: 0, output: '', errors: '')
    expect(Dir.children(host.path('/units'))).to be_empty
  end

  {
    'an empty file' => ['', /no "lanes"/],
    'no JSON' => ['# to do', /no "lanes"/],
    'no lanes' => ['{ "groups": [ { "base": "a", "prefix": "b", "first": 1, "count": 1 } ] }', /no "lanes"/],
    'a group without a base' => ['{ "lanes": 2, "groups": [ { "prefix": "b", "first": 1, "count": 1 } ] }', /a group has no "base"/],
    'a group without a count' => ['{ "lanes": 2, "groups": [ { "base": "a", "prefix": "b", "first": 1 } ] }', /no "count"/],
    'a number that is none' => ['{ "lanes": 2, "groups": [ { "base": "a", "prefix": "b", "first": "x", "count": 1 } ] }', /no "first"/],
  }.each do |what, (text, message)|
    it "says what is wrong with a fleet.json that has #{what}" do
      outcome = generate(text)

      expect(outcome.status).to eq(1)
      expect(outcome.errors).to match(/\Afleet-generator: .*fleet\.json: #{message}/)
      expect(mounts).to be_empty
      expect(host.exist?('/units/puppet-clone-army.target.d/50-fleet.conf')).to be(false)
    end
  end

  it 'says how it is called' do
    expect(host.run('/generator')).to have_attributes(status: be_positive, errors: /called by systemd/)
  end
end
