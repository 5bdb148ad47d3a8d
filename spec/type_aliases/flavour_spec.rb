# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Flavour' do
  ModuleUnderTest.data.fetch('clone_army::flavours').each_key { |value| it { is_expected.to allow_value(value) } }
  ['', 'no-such-flavour', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
