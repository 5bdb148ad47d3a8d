# frozen_string_literal: true

require 'rspec-puppet'
require 'rspec-puppet-facts'
require_relative 'support/module_under_test'
require_relative 'support/hosts'

RSpec.configure do |config|
  config.mock_with :rspec
  config.module_path = ModuleUnderTest.modulepath
  config.setup_fixtures = false
  config.strict_variables = true
  # Not this machine's facts, which take long to find and differ from the next one's.
  config.facter_implementation = :rspec
  # Asked for with every catalog.
  config.default_facts = { networking: { 'ip' => '192.0.2.1' } }
  config.include Hosts
  config.extend Hosts
end
