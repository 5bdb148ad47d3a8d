# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Count' do
  [1, 50, 10_000].each { |value| it { is_expected.to allow_value(value) } }
  [0, -1, 10_001, 1.5, '5', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
