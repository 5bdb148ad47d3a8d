# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::assert_interval' do
  [60, 120, 300, 900, 1800, 3600, 7200, 43_200, 86_400].each do |interval|
    it { is_expected.to run.with_params(interval).and_return(nil) }
  end

  # Of a minute no whole part, of an hour none, of a day none.
  [61, 90, 420, 5400, 18_000].each do |interval|
    it { is_expected.to run.with_params(interval).and_raise_error(/run_interval is #{interval}; it has to be minutes that divide an hour \(60, .* or hours/) }
  end

  [0, 59, 86_401].each do |interval|
    it { is_expected.to run.with_params(interval).and_raise_error(ArgumentError) }
  end
end
