# frozen_string_literal: true

require 'bolt_spec/plans'
require_relative '../support/module_under_test'
require_relative 'bolt_targets'

RSpec.configure do |config|
  config.mock_with :rspec
  [BoltSpec::Plans, BoltTargets].each { |helpers| config.include helpers, file_path: %r{/spec/plans/} }
end

BoltSpec::Plans.init
# BoltSpec turns plans on when needed. They must be off for specs of classes in the same process.
Puppet[:tasks] = false
