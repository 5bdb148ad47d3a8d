# frozen_string_literal: true

require 'json'

# Formats data as JSON.
#
# @api private
Puppet::Functions.create_function(:'clone_army::json') do
  # @param data Any data
  # @return JSON, with a key in each line
  dispatch :json do
    param 'Data', :data
    return_type 'String[1]'
  end

  def json(data)
    "#{JSON.pretty_generate(data)}\n"
  end
end
