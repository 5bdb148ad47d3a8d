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
    ['common.sh', 'disk.sh', 'check-fleet'].each { |name| host.install(name, "/usr/local/libexec/puppet-clone-army/#{name}") }
    FileUtils.mkdir_p(host.path(state))
  end

  after { host.remove }

  def group(prefix, first, count, more = {})
    { 'base' => 'debian-13', 'prefix' => prefix, 'first' => first, 'count' => count }.merge(more)
  end

  # Writes a fleet as the class does, with one group per line, and checks it.
  def check(*groups, mode: 'service', free: 0)
    host.stand_in('df', "printf '%s\\n' Avail '   #{free}'")
    lines = groups.map { |one| "    #{JSON.generate(one).gsub(/([:,])(?=["\d])/, '\1 ')}" }
    host.write('/next.json', "{\n  \"run_mode\": \"#{mode}\",\n  \"lanes\": 4,\n  \"groups\": [\n#{lines.join(",\n")}\n  ]\n}\n")
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
end
