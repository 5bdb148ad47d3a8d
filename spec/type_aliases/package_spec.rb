# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Package' do
  ['nginx', 'g++', 'libstdc++-12-dev', 'python3.11', 'NetworkManager'].each { |value| it { is_expected.to allow_value(value) } }
  ['', '-y', 'a b', 'a,b', "a'b", '$a', "a\n", 'a/trixie'].each { |value| it { is_expected.not_to allow_value(value) } }
end
