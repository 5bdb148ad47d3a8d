# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Run_interval' do
  [60, 1800, 86_400].each { |value| it { is_expected.to allow_value(value) } }
  [59, 86_401, '1800', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
