# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::assert_share_memory' do
  { 253 => false, 254 => true }.each do |systemd, able|
    context "with systemd #{systemd}" do
      let(:facts) { any_host.merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => systemd }) }

      it { is_expected.to run.with_params(false).and_return(nil) }

      if able
        it { is_expected.to run.with_params(true).and_return(nil) }
      else
        it { is_expected.to run.with_params(true).and_raise_error(/share_memory requires systemd 254, but this host has 253/) }
      end
    end
  end
end
