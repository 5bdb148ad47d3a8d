# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Flavour' do
  ModuleUnderTest.data.fetch('clone_army::host::flavours').each { |value| it { is_expected.to allow_value(value) } }
  ['', 'no-such-flavour', :undef].each { |value| it { is_expected.not_to allow_value(value) } }
end
