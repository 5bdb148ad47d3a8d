# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Password' do
  ['a', 'with blanks and: "signs"'].each { |value| it { is_expected.to allow_value(value) } }
  ['', "a\nb", "a\n", "a\rb", 5].each { |value| it { is_expected.not_to allow_value(value) } }
end
