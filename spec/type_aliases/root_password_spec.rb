# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Root_password' do
  wrapped = ->(value) { RSpec::Puppet::Sensitive.new(value) }

  ['hunter-two', wrapped.call('hunter-two'), RSpec::Puppet::RawString.new('Sensitive(undef)')].each do |value|
    it { is_expected.to allow_value(value) }
  end

  ['', "a\nb", :undef, 5, wrapped.call(''), wrapped.call("a\nb"), wrapped.call(5)].each do |value|
    it { is_expected.not_to allow_value(value) }
  end
end
