# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::assert_interval' do
  [60, 120, 300, 900, 1800, 3600, 7200, 43_200, 86_400].each do |interval|
    it { is_expected.to run.with_params(interval).and_return(nil) }
  end

  # Not whole minutes, or not a divisor of an hour or of a day.
  [61, 90, 420, 5400, 18_000].each do |interval|
    it { is_expected.to run.with_params(interval).and_raise_error(/run_interval is #{interval} seconds; it must divide an hour into whole minutes \(60, .* or a day/) }
  end

  [0, 59, 86_401].each do |interval|
    it { is_expected.to run.with_params(interval).and_raise_error(ArgumentError) }
  end
end
