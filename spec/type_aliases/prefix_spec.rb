# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Prefix' do
  ['c', 'clone', 'clone-', 'load-a', 'a1b', 'a' * 40].each { |value| it { is_expected.to allow_value(value) } }
  ['', 'clone1', '1clone', 'Clone', 'a.b', 'a_b', "clone\n", 'a' * 41].each { |value| it { is_expected.not_to allow_value(value) } }
end
