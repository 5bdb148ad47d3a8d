# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::clone_count' do
  # 512 MiB are the system's, 150 the agent's, and each clone takes 150.
  { 812 => 1, 961 => 1, 962 => 2, 2048 => 9, 8192 => 50, 65_536 => 432, 4_194_304 => 10_000 }.each do |mib, clones|
    context "on a node with #{mib} MiB" do
      let(:facts) { with_memory(any_host, mib) }

      it { is_expected.to run.with_params(nil).and_return(clones) }
    end
  end

  context 'on a node whose memory holds nine clones by default, and twenty idle ones' do
    let(:facts) { with_memory(any_host, 2048) }

    it { is_expected.to run.with_params(1).and_return(1) }
    it { is_expected.to run.with_params(20).and_return(20) }
    it { is_expected.to run.with_params(21).and_raise_error(/num_clones is 21, but the 2048 MiB .* hold 20 clones at most .* and 9 by the default/) }
    it { is_expected.to run.with_params(0).and_raise_error(ArgumentError) }
    it { is_expected.to run.with_params(-1).and_raise_error(ArgumentError) }
  end

  context 'on a node with too little memory for any' do
    let(:facts) { with_memory(any_host, 811) }

    [nil, 1].each do |asked|
      it { is_expected.to run.with_params(asked).and_raise_error(/811 MiB of memory; a fleet of one clone takes 812 \(512 for the system, 150 /) }
    end
  end

  context 'on a node with less memory than the system needs' do
    let(:facts) { with_memory(any_host, 256) }

    it { is_expected.to run.with_params(nil).and_raise_error(/256 MiB of memory; a fleet of one clone takes 812/) }
  end
end
