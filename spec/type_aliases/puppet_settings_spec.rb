# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Puppet_settings' do
  [
    {},
    { 'agent' => { 'runinterval' => '10m', 'splay' => true, 'waitforcert' => 0 }, 'main' => { 'http_debug' => false } },
    { 'agent' => { 'waitforcert' => -1, 'http_read_timeout' => 1.5, 'splay' => '', 'noop' => false } },
    { 'main' => { 'serverport' => 8141, 'server_list' => 'a:8140,b:8140' } },
  ].each { |value| it { is_expected.to allow_value(value) } }

  ['server', 'certname', 'usecacheonfailure', 'node_name_value', 'hostcert', 'hostprivkey'].each do |setting|
    it { is_expected.not_to allow_value({ 'agent' => { setting => 'x' } }) }
  end

  [
    { 'server' => { 'autosign' => true } },
    { 'agent' => { 'Splay' => true } },
    { 'agent' => { 'splay' => "true\nserver = elsewhere" } },
    { 'agent' => { 'splay' => "a\tb" } },
    { 'splay' => true },
  ].each { |value| it { is_expected.not_to allow_value(value) } }
end
