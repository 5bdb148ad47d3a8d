# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Part' do
  part = { 'base' => 'debian-13', 'prefix' => 'clone', 'share' => 1, 'patches' => [] }

  it { is_expected.to allow_value(part) }
  it { is_expected.to allow_value(part.merge('count' => 50, 'patches' => ['/srv/next'])) }

  part.each_key { |key| it { is_expected.not_to allow_value(part.except(key)) } }

  { 'base' => 'web-overlay', 'prefix' => 'clone1', 'share' => 0, 'count' => 0, 'patches' => ['next'], 'colour' => 'red' }.each do |key, value|
    it { is_expected.not_to allow_value(part.merge(key => value)) }
  end
end
