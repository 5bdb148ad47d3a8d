# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/check-fleet' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  # MiB for a new clone by run mode, and MiB kept free for the host.
  let(:timer) { 2 }
  let(:service) { 12 }
  let(:kept) { 512 }

  before do
    host.install_scripts('check-fleet')
    FileUtils.mkdir_p(host.path(state))
  end

  after { host.remove }

  def group(prefix, first, count, more = {})
    { 'base' => 'debian-13', 'prefix' => prefix, 'first' => first, 'count' => count }.merge(more)
  end

  # Writes a fleet as the class does, with one group per line.
  def fleet(file, *groups, mode: 'service')
    lines = groups.map { |one| "    #{JSON.generate(one).gsub(/([:,])(?=["\d])/, '\1 ')}" }
    host.write(file, "{\n  \"run_mode\": \"#{mode}\",\n  \"lanes\": 4,\n  \"groups\": [\n#{lines.join(",\n")}\n  ]\n}\n")
  end

  def check(*groups, mode: 'service', free: 0)
    host.stand_in('df', "printf '%s\\n' Avail '   #{free}'")
    fleet('/next.json', *groups, mode: mode)
    host.run('/usr/local/libexec/puppet-clone-army/check-fleet', host.path('/next.json'))
  end

  def overlays(*clones)
    clones.each { |clone| FileUtils.mkdir_p(host.path("#{state}/#{clone}-overlay")) }
  end

  it 'accepts a fleet that just fits' do
    expect(check(group('clone', 1, 5), free: kept + 5 * service)).to have_attributes(status: 0, output: '', errors: '')
    expect(host.calls('df')).to eq([['--output=avail', '--block-size=1M', host.path(state)]])
  end

  it 'rejects a fleet that does not fit, with the needed and the free space, and the remedy' do
    expect(check(group('clone', 1, 5), free: kept + 5 * service - 1)).to have_attributes(
      status: 1,
      output: '',
      errors: "check-fleet: num_clones is 5, but #{host.path(state)} has 571 MiB free and 572 are needed: 12 MiB for each of 5 new clones, " \
              "and 512 MiB kept free for the host; set num_clones to at most 4, free up space there, or mount a larger file system there\n",
    )
  end

  it 'requires less for agents that run by timer' do
    expect(check(group('clone', 1, 5), mode: 'timer', free: kept + 5 * timer).status).to eq(0)
    expect(check(group('clone', 1, 5), mode: 'timer', free: kept + 5 * timer - 1).status).to eq(1)
  end

  it 'accepts a fleet without new clones on a full disk' do
    overlays('clone1', 'clone2', 'clone3')
    expect(check(group('clone', 1, 2), free: 0).status).to eq(0)
    expect(check(group('clone', 1, 3), free: 0).status).to eq(0)
  end

  it 'counts the clones without an overlay in each group' do
    overlays('web1', 'db8')
    FileUtils.mkdir_p(host.path("#{state}/db7"))
    groups = [group('web', 1, 2, 'patches' => '/srv/next:/srv/common'), group('db', 7, 3)]

    expect(check(*groups, free: kept + 3 * service).status).to eq(0)
    expect(check(*groups, free: kept + 2 * service)).to have_attributes(
      status: 1, errors: /num_clones is 5, .* 12 MiB for each of 3 new clones.* set num_clones to at most 4/,
    )
  end

  it 'suggests the number of existing clones if no more fit' do
    overlays('clone1')
    expect(check(group('clone', 1, 2), free: 3).errors).to include('set num_clones to at most 1')
    expect(check(group('db', 1, 2), free: 3).errors).to end_with("and 512 MiB kept free for the host; free up space there, or mount a larger file system there\n")
  end

  describe 'the base image that an overlay was made for' do
    before do
      definition('debian-13', 'Debian', '13')
      definition('debian-12', 'Debian', '12')
    end

    def definition(base, os, release)
      host.write("/etc/puppet-clone-army/bases/#{base}/definition", "OS='#{os}'\nRELEASE='#{release}'\nSUITE='any'\n")
    end

    # Overlays as prepare-clone leaves them behind.
    def made_for(record, *clones)
      overlays(*clones)
      clones.each { |clone| host.write("#{state}/#{clone}-workdir/base", "#{record} 4711\n") }
    end

    def message(text)
      have_attributes(status: 1, output: '', errors: "check-fleet: #{text}\n")
    end

    let(:remedy) do
      'a clone never moves to another base image; give the new one another name and its clones another prefix, ' \
        "or stop these clones and remove their overlays: cd #{host.path(state)} && rm -rf"
    end

    it 'stays the same' do
      made_for('debian-13 Debian 13', 'clone1', 'clone2')
      expect(check(group('clone', 1, 2))).to have_attributes(status: 0, errors: '')
    end

    it 'is not replaced by another one: the first clones, both sides and the remedy are in the message' do
      made_for('debian-13 Debian 13', *(1..12).map { |i| "clone#{i}" })
      fleet = group('clone', 1, 12, 'base' => 'debian-12')
      expect(check(fleet)).to message(
        'the overlays of 12 clones (clone1, clone2, clone3 and 9 more) were made for base image debian-13 (Debian 13), not for debian-12 (Debian 12): ' \
        "#{remedy} clone{1..12}-{overlay,workdir}",
      )
      expect(system('bash', '-c', check(fleet).errors[/cd .*/])).to be(true)
      expect(Dir.children(host.path(state))).to be_empty
      expect(check(fleet, free: 100_000).status).to eq(0)
    end

    it 'is not replaced by another system under the same name' do
      made_for('web Debian 12', 'web-7')
      definition('web', 'Debian', '13')
      expect(check(group('web-', 7, 1, 'base' => 'web'))).to message(
        "the overlay of web-7 was made for base image web (Debian 12), not for web (Debian 13): #{remedy} web-7-{overlay,workdir}",
      )
    end

    it 'is not replaced in any group; what fits is left alone' do
      made_for('debian-13 Debian 13', 'web1', 'web2', 'web4', 'db1')
      made_for('debian-12 Debian 12', 'db2', 'db3')
      expect(check(group('web', 1, 5, 'base' => 'debian-12', 'patches' => '/srv/next'), group('db', 1, 3))).to message(
        'the overlays of 2 clones (db2, db3) were made for base image debian-12 (Debian 12), not for debian-13 (Debian 13): ' \
        "#{remedy} db{2..3}-{overlay,workdir}\n" \
        'and the overlays of 3 clones (web1, web2, web4) were made for base image debian-13 (Debian 13), not for debian-12 (Debian 12): ' \
        "#{remedy} web{1..2}-{overlay,workdir} web4-{overlay,workdir}",
      )
    end

    it 'does not matter for clones that are not in the new fleet' do
      made_for('debian-12 Debian 12', 'clone3')
      expect(check(group('clone', 1, 2), free: 100_000).status).to eq(0)
    end

    it 'does not matter where the overlay was removed' do
      made_for('debian-12 Debian 12', 'clone1')
      FileUtils.rm_rf(host.path("#{state}/clone1-overlay"))
      expect(check(group('clone', 1, 1), free: 100_000).status).to eq(0)
    end

    it 'is that of the present fleet for overlays of earlier versions of the module' do
      overlays('clone1', 'clone2')
      fleet('/etc/puppet-clone-army/fleet.json', group('clone', 1, 2))
      host.write("#{state}/debian-13/usr/share/puppet-clone-army/system", "Debian 13\n")

      expect(check(group('clone', 1, 2)).status).to eq(0)
      expect(check(group('clone', 1, 2, 'base' => 'debian-12')).errors).to include('made for base image debian-13 (Debian 13), not for debian-12 (Debian 12)')
    end

    it 'is checked for thousands of clones without a process for each' do
      clones = (1..3000).map { |i| "clone#{i}" }
      made_for('debian-13 Debian 13', *clones)
      host.stand_in('grep', 'exec /bin/grep "$@"')

      expect(check(group('clone', 1, 3000, 'base' => 'debian-12')).errors).to include('3000 clones (clone1, clone2, clone3 and 2997 more)', ' clone{1..3000}-{overlay,workdir}')
      expect(host.calls('grep').length).to be < 10
    end

    it 'is in a message of bounded length' do
      made_for('debian-13 Debian 13', *(1..100).map { |i| "clone#{2 * i}" })
      expect(check(group('clone', 1, 200, 'base' => 'debian-12')).errors).to end_with(" clone40-{overlay,workdir}, then try again, which names the rest\n")
    end
  end
end
