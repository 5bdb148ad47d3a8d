# frozen_string_literal: true

# Removes secrets from parameters of the calling class or define in the catalog, if the catalog is for an agent. Agents
# store their catalogs, and servers send them to PuppetDB. Variables keep their values.
#
# @api private
Puppet::Functions.create_function(:'clone_army::redact', Puppet::Functions::InternalFunction) do
  # @param names Names of the parameters that are or contain secrets
  dispatch :redact do
    scope_param
    repeated_param 'String[1]', :names
    return_type 'Undef'
  end

  def redact(scope, *names)
    return if call_function('clone_army::recipient').nil?

    resource = scope.resource
    names.each { |name| resource[name] = redacted(name, resource[name]) unless resource[name].nil? }
    nil
  end

  # What takes the place of each secret. The types of the parameters accept it.
  def placeholder(name)
    {
      'credentials' => { 'username' => 'redacted', 'password' => 'redacted' },
      'csr_attributes' => {},
      'puppet_settings' => {},
      'root_password' => 'redacted',
    }[name]
  end

  def redacted(name, value)
    placeholder(name) || (value.is_a?(Hash) ? value.to_h { |key, part| [key, redacted(key, part)] } : value)
  end
end
