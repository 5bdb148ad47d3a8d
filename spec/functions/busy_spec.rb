# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::busy' do
  def used(clock)
    before = Process.clock_gettime(clock)
    yield
    Process.clock_gettime(clock) - before
  end

  it 'uses a processor' do
    expect(used(Process::CLOCK_THREAD_CPUTIME_ID) { subject.execute(0.2, 'cpu') }).to be >= 0.2
  end

  it 'sleeps, which takes no CPU' do
    cpu = nil
    expect(used(Process::CLOCK_MONOTONIC) { cpu = used(Process::CLOCK_THREAD_CPUTIME_ID) { subject.execute(0.5, 'sleep') } }).to be >= 0.5
    expect(cpu).to be < 0.25
  end

  it { is_expected.to run.with_params(0, 'cpu').and_return(nil) }
  it { is_expected.to run.with_params(1, 'nap').and_raise_error(ArgumentError) }
end
