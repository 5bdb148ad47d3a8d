# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::clone_count' do
  # 512 MiB for the system, 150 for the host's agent, and 150 for each clone.
  { 812 => 1, 961 => 1, 962 => 2, 2048 => 9, 8192 => 50, 65_536 => 432, 4_194_304 => 10_000 }.each do |mib, clones|
    context "on a host with #{mib} MiB" do
      let(:facts) { with_memory(any_host, mib) }

      it { is_expected.to run.with_params(nil, 'service', 1800).and_return(clones) }
    end
  end

  context 'on a host with memory for nine clones by default, and for twenty idle ones' do
    let(:facts) { with_memory(any_host, 2048) }

    it { is_expected.to run.with_params(1, 'service', 1800).and_return(1) }
    it { is_expected.to run.with_params(20, 'service', 1800).and_return(20) }
    it { is_expected.to run.with_params(21, 'service', 1800).and_raise_error(/num_clones is 21, but the 2048 MiB .* hold at most 20 clones .* or 9 at the default/) }
    it { is_expected.to run.with_params(0, 'service', 1800).and_raise_error(ArgumentError) }
    it { is_expected.to run.with_params(-1, 'service', 1800).and_raise_error(ArgumentError) }
  end

  context 'on a host whose control groups allow less memory than it has' do
    let(:facts) { with_memory(any_host, 8192).then { |facts| facts.merge(clone_army: facts[:clone_army].merge('memory_limit' => 2048 << 20)) } }

    it { is_expected.to run.with_params(nil, 'service', 1800).and_return(9) }
    it { is_expected.to run.with_params(21, 'service', 1800).and_raise_error(/num_clones is 21, but the 2048 MiB/) }
  end

  context 'on a host whose control groups allow more memory than it has' do
    let(:facts) { with_memory(any_host, 2048).then { |facts| facts.merge(clone_army: facts[:clone_army].merge('memory_limit' => 1 << 60)) } }

    it { is_expected.to run.with_params(nil, 'service', 1800).and_return(9) }
  end

  context 'on a host with too little memory for any clone' do
    let(:facts) { with_memory(any_host, 811) }

    [nil, 1].each do |requested|
      it { is_expected.to run.with_params(requested, 'service', 1800).and_raise_error(/811 MiB of memory; a fleet of one clone needs 812 \(512 for the system, 150 /) }
    end
  end

  context 'on a host with less memory than the system needs' do
    let(:facts) { with_memory(any_host, 256) }

    it { is_expected.to run.with_params(nil, 'service', 1800).and_raise_error(/256 MiB of memory; a fleet of one clone needs 812/) }
  end

  context 'with agents that run by timer' do
    let(:facts) { with_cores(with_memory(any_host, mib), 2) }

    # Memory for 200 clones of 10 MiB each and four runs of 100 MiB each.
    context 'on a host limited by its memory' do
      let(:mib) { 662 + 400 + 2000 }

      it { is_expected.to run.with_params(nil, 'timer', 1800).and_return(200) }
      it { is_expected.to run.with_params(285, 'timer', 1800).and_return(285) }
      it { is_expected.to run.with_params(286, 'timer', 1800).and_raise_error(/num_clones is 286, .* hold at most 285 clones \(7 MiB each when idle\), or 200 at/) }
    end

    context 'on a host limited by its processors' do
      let(:mib) { 65_536 }

      # Two cores have 3,600 seconds of CPU time in half an hour, and a run is expected to use two.
      { 1800 => 1800, 600 => 600, 60 => 60 }.each do |interval, clones|
        it { is_expected.to run.with_params(nil, 'timer', interval).and_return(clones) }
      end

      it('accepts a larger fleet on request') { is_expected.to run.with_params(3000, 'timer', 60).and_return(3000) }
    end

    context 'on a host with too little memory for any clone' do
      let(:mib) { 662 + 400 + 9 }

      it { is_expected.to run.with_params(nil, 'timer', 1800).and_raise_error(/a fleet of one clone needs 1072 .* 400 for agent runs, 10 for the clone/) }
    end
  end
end
