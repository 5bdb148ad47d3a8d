# frozen_string_literal: true

require 'bolt_spec/plans'
require_relative '../support/module_under_test'
require_relative 'bolt_targets'

RSpec.configure do |config|
  config.mock_with :rspec
  [BoltSpec::Plans, BoltTargets].each { |helpers| config.include helpers, file_path: %r{/spec/plans/} }
end

BoltSpec::Plans.init
# Bolt switches plans on where it needs them; specs of classes, which may follow in this process, need them off.
Puppet[:tasks] = false
