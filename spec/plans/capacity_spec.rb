# frozen_string_literal: true

require_relative 'plan_helper'
require_relative 'load_hosts'

describe 'plan clone_army::capacity' do
  include LoadHosts

  # Loads that the search tries, and those of them that pass.
  let(:loads) { [10, 20, 14] }
  let(:passing) { [10, 14] }

  before do
    allow_task('clone_army::load_search').return do |targets:, params:, **|
      asked['load_search'] << params.reject { |name, _| name.start_with?('_') }
      results(targets.to_h { |target| [target, answer_of('load_search', target.name, choice(params['history']))] })
    end
    tested = loads.dup
    allow_task('clone_army::load_report').return do |targets:, **|
      passed = passing.include?(tested.shift)
      results(targets.to_h { |target| [target, report.merge('passed' => passed, 'summary' => passed ? 'Passed' : 'Failed')] })
    end
  end

  def choice(history)
    load = loads[history.length]
    {
      'done' => load.nil?,
      'next' => load && { 'runsPerMinute' => load, 'confirm' => load == 14, 'profile' => profile.merge('name' => "capacity #{load}") },
      'answer' => capacity,
      'planned' => { 'steps' => 3, 'seconds' => 600 },
      'text' => load ? "#{load} runs a minute" : capacity['text'],
    }
  end

  let(:capacity) { { 'runsPerMinute' => 14, 'text' => 'The server takes 14 runs a minute' } }

  def search(more = {})
    run_plan('clone_army::capacity', { 'targets' => hosts.keys, 'folder' => 'here' }.merge(more))
  end

  it 'tests the loads that the search chooses, and answers what it found' do
    result = search.value
    expect(result['capacity']).to eq(capacity)
    expect(result['steps'].map { |step| step.slice('runsPerMinute', 'confirm', 'passed') }).to eq(
      [
        { 'runsPerMinute' => 10, 'confirm' => false, 'passed' => true },
        { 'runsPerMinute' => 20, 'confirm' => false, 'passed' => false },
        { 'runsPerMinute' => 14, 'confirm' => true, 'passed' => true },
      ],
    )
    expect(asked['load_start'].map { |start| start['plan']['profile']['name'] }.uniq).to eq(['capacity 10', 'capacity 20', 'capacity 14'])
  end

  it 'passes what it knows to the search' do
    search('run_interval' => 3600, 'start' => 5, 'max_runs_per_minute' => 100, 'step_duration' => 60)
    expect(asked['load_search'].first).to eq(
      'profile' => profile, 'run_interval' => 3600, 'start' => 5, 'most' => 100, 'step_seconds' => 60, 'history' => [],
    )
    expect(asked['load_search'].last['history'].length).to eq(3)
  end

  it 'takes from the profile what it is not told' do
    answer('load_profile', 'one', { 'profile' => profile, 'search' => { 'start' => 40, 'steps' => 7 }, 'missing' => [] })
    search('start' => 5)
    expect(asked['load_search'].first).to eq('profile' => profile, 'run_interval' => 1800, 'start' => 5, 'steps' => 7, 'history' => [])
  end

  it 'tells the search what limited a test, and whether a longer one could decide otherwise' do
    report.merge!('bottleneck' => 'puppetdb', 'uncertain' => true)
    search
    expect(asked['load_search'].last['history']).to all(include('bottleneck' => 'puppetdb', 'uncertain' => true))
  end

  it 'stops a test a minute after its outcome is known' do
    lost = [{ 'text' => 'p95(total) <= 30s', 'spent' => 3, 'allowed' => 5 }]
    hosts.each_key { |host| answer('load_status', host, progress('running'), *Array.new(7) { progress('running', 'objectives' => lost) }, progress('done')) }
    search
    expect(events.take_while { |event| !event.start_with?('load_stop') }.count('load_status one,two')).to eq(8)
    expect(asked['load_stop']).to eq([{ 'id' => asked['load_start'].first['plan']['id'] }])
    expect(messages.count('p95(total) <= 30s cannot hold any more')).to eq(1)
    expect(messages).to include(match(/\AStopping capacity-\S+-1, whose outcome is known\z/))
  end

  it 'gives each test a name and a folder' do
    steps = search.value['steps']
    expect(steps.map { |step| step['id'] }).to match([/\Acapacity-\d{8}-\d{6}-1\z/, /-2\z/, /-3\z/])
    of_each = ['one/reduced.json.gz', 'report.html', 'two/reduced.json.gz']
    expect(files_below(File.join(scratch, 'here'))).to eq(['1', '2', '3'].product(of_each).map { |parts| parts.join('/') } + ['capacity.json'])
    expect(JSON.parse(File.read(File.join(scratch, 'here/capacity.json')))).to eq('capacity' => capacity, 'steps' => steps)
  end

  it 'says how long it takes, each load, and the answer' do
    search
    expect(messages.first).to eq('The search takes at most 3 tests and 10 minutes, and some for the results of each.')
    expect(messages).to include('10 runs a minute', 'Passed', '20 runs a minute', 'Failed')
    expect(messages.last).to eq('The server takes 14 runs a minute')
  end

  it 'keeps what it knows when a test cannot be run' do
    answer('load_start', 'one', {}, failure('x', 'the disk is full'))
    expect(search.value).to have_attributes(kind: 'clone_army/start-failed')
    expect(JSON.parse(File.read(File.join(scratch, 'here/capacity.json')))['steps'].length).to eq(1)
  end

  it 'fails if the search does' do
    answer('load_search', 'one', failure('clone_army/bad-input', 'start is more than most'))
    expect(search.value).to have_attributes(kind: 'clone_army/bad-input', msg: 'start is more than most')
  end

  context 'when no load passes' do
    let(:passing) { [] }
    let(:capacity) { { 'runsPerMinute' => nil, 'text' => 'No load passed' } }

    it 'fails' do
      expect(search.value).to have_attributes(kind: 'clone_army/no-capacity', msg: 'No load passed')
    end
  end

  it 'fails without targets' do
    expect(search('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
  end
end
