# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Run_mode' do
  ['service', 'timer'].each { |value| it { is_expected.to allow_value(value) } }
  ['', 'no-such-mode', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
