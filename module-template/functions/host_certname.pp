# @summary This host's certname, with which the certname of every clone ends
#
# Under `bolt apply`, `$trusted['certname']` is Bolt's name for the target; under
# a server it is the agent's. The fact reads the agent's own setting in both
# cases, so the fleet is the same whichever way the class is applied.
#
# @param groups
#   The clones
# @return [Clone_army::Certname] The agent's certname setting, or the host's fully qualified name
# @raise Evaluation error, if the host has no usable name, or a clone's hostname would be longer than Linux allows
#
# @api private
function clone_army::host_certname(Array[Clone_army::Group, 1] $groups) >> Clone_army::Certname {
  $certname = $facts['clone_army']['certname']

  unless $certname =~ Clone_army::Certname {
    fail(@("MESSAGE"/L$))
      clone_army: the certname of this host is "${certname}", which cannot be part of the clones' certnames; \
      set certname in section [agent] of its puppet.conf, or give it a fully qualified hostname
      |-MESSAGE
  }

  $max = lookup('clone_army::hostname_max')

  $groups.each |$group| {
    $longest = "${group['prefix']}${group['count']}.${certname}"

    if $longest.length > $max {
      fail(@("MESSAGE"/L$))
        clone_army: the hostname "${longest}" has ${longest.length} characters, but Linux allows ${max}; \
        choose a shorter prefix, or a shorter certname for this host
        |-MESSAGE
    }
  }

  $certname
}
