# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Certname' do
  ['puppet', 'puppet.example.com', 'web-1.lab_2.example.com', '10.0.0.1', 'a' * 253].each do |value|
    it { is_expected.to allow_value(value) }
  end

  ['', 'Puppet', 'puppet.', '.puppet', 'a..b', '-a', 'a-', 'a b', "puppet\n", "puppet\nx", 'a/b', 'a' * 254, 1, :undef].each do |value|
    it { is_expected.not_to allow_value(value) }
  end
end
