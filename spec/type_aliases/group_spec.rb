# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Group' do
  group = { 'base' => 'debian-13', 'prefix' => 'clone', 'first' => 1, 'count' => 50 }

  it { is_expected.to allow_value(group) }

  it { is_expected.to allow_value(group.merge('patches' => ['/srv/next'])) }

  group.each_key { |key| it { is_expected.not_to allow_value(group.except(key)) } }

  { 'base' => 'web-overlay', 'prefix' => 'clone1', 'first' => 0, 'count' => 0, 'patches' => ['next'], 'colour' => 'red' }.each do |key, value|
    it { is_expected.not_to allow_value(group.merge(key => value)) }
  end
end
