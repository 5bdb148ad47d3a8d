# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Image' do
  image = { 'os' => 'Debian', 'release' => '13', 'suite' => 'trixie', 'bootstrapper' => 'mmdebstrap' }

  it { is_expected.to allow_value(image) }
  it { is_expected.to allow_value(image.merge('os' => 'Ubuntu', 'release' => '24.04', 'suite' => 'noble')) }

  image.each_key { |key| it { is_expected.not_to allow_value(image.except(key)) } }

  {
    'os' => 'Debian 13', 'release' => 'thirteen', 'suite' => "trixie'", 'bootstrapper' => '../../bin/sh', 'colour' => 'red',
  }.each { |key, value| it { is_expected.not_to allow_value(image.merge(key => value)) } }
end
