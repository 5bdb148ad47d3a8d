# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Timeout' do
  [1, 86_400].each { |value| it { is_expected.to allow_value(value) } }
  [0, -1, 86_401, '60', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
