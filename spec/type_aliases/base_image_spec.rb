# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Base_image' do
  [
    {},
    { 'name' => 'web' },
    { 'image' => 'debian-12', 'packages' => ['nginx'], 'mirror' => 'http://mirror.example.com/debian' },
    { 'version' => '8.10', 'patches' => ['/srv/puppet-next'], 'setup' => ["true\n"] },
    { 'credentials' => { 'username' => 'forge-key', 'password' => 'plain' }, 'repository' => 'http://mirror.example.com', 'allow_http' => true },
    { 'puppet_settings' => { 'agent' => { 'runinterval' => '10m' } } },
  ].each { |value| it { is_expected.to allow_value(value) } }

  [
    { 'colour' => 'red' },
    { 'name' => 'web-overlay' },
    { 'packages' => 'nginx' },
    { 'flavour' => 'no-such-flavour' },
    { 'root_password' => 'a parameter of the class' },
    { 'patches' => ['relative/path'] },
    { 'patches' => ['/srv/a:b'] },
    { 'credentials' => 'forge-key' },
    { 'allow_http' => 'yes' },
    'debian-12',
  ].each { |value| it { is_expected.not_to allow_value(value) } }
end
