# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/check-fleet' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  # As the module reckons: a new clone by timer, one whose agent stays, and what is kept free.
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

  # Writes a fleet as the class does, each group on a line of its own, and asks whether the disk holds it.
  def check(*groups, mode: 'service', free: 0)
    host.stand_in('df', "printf '%s\\n' Avail '   #{free}'")
    lines = groups.map { |some| "    #{JSON.generate(some).gsub(/([:,])(?=["\d])/, '\1 ')}" }
    host.write('/next.json', "{\n  \"run_mode\": \"#{mode}\",\n  \"lanes\": 4,\n  \"groups\": [\n#{lines.join(",\n")}\n  ]\n}\n")
    host.run('/usr/local/libexec/puppet-clone-army/check-fleet', host.path('/next.json'))
  end

  def overlays(*clones)
    clones.each { |clone| FileUtils.mkdir_p(host.path("#{state}/#{clone}-overlay")) }
  end

  it 'passes a fleet that there is just room for' do
    expect(check(group('clone', 1, 5), free: kept + 5 * service)).to have_attributes(status: 0, output: '', errors: '')
    expect(host.calls('df')).to eq([['--output=avail', '--block-size=1M', host.path(state)]])
  end

  it 'refuses one that there is not, with what is asked, what is free where, and the remedy' do
    expect(check(group('clone', 1, 5), free: kept + 5 * service - 1)).to have_attributes(
      status: 1,
      output: '',
      errors: "check-fleet: num_clones is 5, but #{host.path(state)} has 571 MiB free and 572 are needed: 12 MiB for each of 5 new clones, " \
              "512 kept free for the host; set num_clones to 4 at most, make room there, or mount a larger file system there\n",
    )
  end

  it 'asks less for clones that run by timer' do
    expect(check(group('clone', 1, 5), mode: 'timer', free: kept + 5 * timer).status).to eq(0)
    expect(check(group('clone', 1, 5), mode: 'timer', free: kept + 5 * timer - 1).status).to eq(1)
  end

  it 'passes a fleet without new clones, however full the disk is' do
    overlays('clone1', 'clone2', 'clone3')
    expect(check(group('clone', 1, 2), free: 0).status).to eq(0)
    expect(check(group('clone', 1, 3), free: 0).status).to eq(0)
  end

  it 'counts the clones of each group that have no overlay yet' do
    overlays('web1', 'db8')
    FileUtils.mkdir_p(host.path("#{state}/db7"))
    groups = [group('web', 1, 2, 'patches' => '/srv/next:/srv/common'), group('db', 7, 3)]

    expect(check(*groups, free: kept + 3 * service).status).to eq(0)
    expect(check(*groups, free: kept + 2 * service)).to have_attributes(
      status: 1, errors: /num_clones is 5, .* 12 MiB for each of 3 new clones.* set num_clones to 4 at most/,
    )
  end

  it 'names the clones that there are, where nothing beyond them fits' do
    overlays('clone1')
    expect(check(group('clone', 1, 2), free: 3).errors).to include('set num_clones to 1 at most')
    expect(check(group('db', 1, 2), free: 3).errors).to end_with("512 kept free for the host; make room there, or mount a larger file system there\n")
  end
end
