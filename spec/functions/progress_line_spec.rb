# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::progress_line' do
  def progress(more = {})
    counts = { 'due' => 60, 'started' => 58, 'good' => 50, 'failed' => 1, 'dropped' => 2, 'heldBack' => 0, 'running' => 7, 'planned' => 600 }
    times = { 'begin' => 1_000_000, 'at' => 1_060_000, 'end' => 1_600_000 }
    counts.merge(times).merge('latencies' => [], 'server' => nil, 'pressure' => nil).merge(more)
  end

  it 'has counts, rates since the begin, and the time left' do
    is_expected.to run.with_params(progress)
                      .and_return('60 due, 58 started, 50 done, 1 failed, 2 dropped | 60.0 offered, 50.0 achieved per min | 9 min 0 s left')
  end

  it 'has rates since an earlier progress' do
    expect(subject.execute(progress, { 'at' => 1_030_000, 'due' => 20, 'good' => 20 })).to include('| 80.0 offered, 60.0 achieved per min |')
  end

  it 'has rates that run out with the runs in progress' do
    line = subject.execute(progress('at' => 1_630_000), { 'at' => 1_570_000, 'due' => 30, 'good' => 40 })
    expect(line).to include('| 30.0 offered, 10.0 achieved per min |')
  end

  it 'has arrivals that the host held back' do
    expect(subject.execute(progress('heldBack' => 3))).to start_with('60 due, 58 started, 50 done, 1 failed, 2 dropped, 3 held back |')
  end

  it 'has percentiles of the latency' do
    # Buckets 60 and 70 are about 2.9 and 7.5 seconds.
    latencies = Array.new(71) { |bucket| { 60 => 90, 70 => 10 }.fetch(bucket, 0) }
    expect(subject.execute(progress('latencies' => latencies))).to include('| p50 2.9 s, p95 7.5 s |')
  end

  it 'has the state of the server and of the load hosts' do
    sample = { 'at' => 1, 'jrubies' => { 'total' => 4, 'free' => 1, 'requested' => 3 } }
    expect(subject.execute(progress('server' => sample, 'pressure' => 0.123))).to include('| 1 of 4 JRubies free, 3 waiting | pressure 12 % |')
  end

  it 'says that the server does not answer' do
    expect(subject.execute(progress('server' => { 'at' => 1, 'error' => 'connect ECONNREFUSED' }))).to include('| no status from the server |')
  end

  it 'counts down to the begin' do
    is_expected.to run.with_params(progress('at' => 987_500)).and_return('begins in 13 s')
  end

  it 'has the runs that are in progress after the last arrival' do
    expect(subject.execute(progress('at' => 1_600_500))).to end_with('| 7 still running')
  end

  { 90_061_000 => '1 d 1 h', 3_600_000 => '1 h 0 min', 59_001 => '1 min 0 s' }.each do |left, text|
    it "writes #{left} ms as #{text}" do
      expect(subject.execute(progress('end' => 1_060_000 + left))).to end_with("| #{text} left")
    end
  end
end
