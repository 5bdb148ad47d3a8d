# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::merge_progress' do
  def progress(more = {})
    counts = { 'due' => 10, 'started' => 9, 'good' => 8, 'failed' => 1, 'dropped' => 1, 'heldBack' => 0, 'running' => 2, 'planned' => 20 }
    counts.merge('at' => 1000, 'begin' => 100, 'end' => 5000, 'latencies' => [1, 2], 'objectives' => [], 'server' => nil, 'pressure' => nil).merge(more)
  end

  it 'adds up counts and histograms of different lengths' do
    expect(subject.execute([progress, progress('due' => 5, 'latencies' => [1, 0, 4])])).to include('due' => 15, 'planned' => 40, 'running' => 4, 'latencies' => [2, 2, 4])
  end

  it 'adds up what has been spent of each objective, whose allowance is that of all hosts' do
    failed = { 'text' => 'failed = 0', 'spent' => 0, 'allowed' => 0 }
    slow   = { 'text' => 'p95(total) <= 30s', 'spent' => 2, 'allowed' => 5 }
    hosts  = [progress, progress('objectives' => [failed, slow]), progress('objectives' => [failed, slow.merge('spent' => 4)])]
    expect(subject.execute(hosts)).to include('objectives' => [failed, slow.merge('spent' => 6)])
  end

  it 'has the extent of the times, the highest pressure and the latest sample of the server' do
    hosts = [
      progress('pressure' => 0.2, 'server' => { 'at' => 1 }),
      progress('at' => 2000, 'begin' => 90, 'end' => 6000, 'pressure' => 0.7),
      progress('server' => { 'at' => 2 }),
    ]
    expect(subject.execute(hosts)).to include('at' => 2000, 'begin' => 90, 'end' => 6000, 'pressure' => 0.7, 'server' => { 'at' => 2 })
  end

  it { is_expected.to run.with_params([]).and_raise_error(ArgumentError, /expects size to be at least 1/) }
end
