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
  # Facts of this machine are slow to resolve, and would make results depend on it.
  config.facter_implementation = :rspec
  # rspec-puppet needs it for every catalog.
  config.default_facts = { networking: { 'ip' => '192.0.2.1' } }
  config.include Hosts
  config.extend Hosts
end
