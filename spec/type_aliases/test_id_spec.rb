# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Test_id' do
  ['steady-20260314-151502', '1', 'A' * 80].each { |value| it { is_expected.to allow_value(value) } }
  ['', '-x', '../x', 'a b', "a\nb", 'A' * 81].each { |value| it { is_expected.not_to allow_value(value) } }
end
