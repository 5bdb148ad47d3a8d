# @summary Fails unless all targets run systemd and have different certnames
#
# @param targets
#   Hosts with known facts
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::assert_targets (
  TargetSpec $targets,
) {
  # The class reports hosts without the fact.
  $known = get_targets($targets).filter |$target| { $target.facts['clone_army'] =~ Hash }

  $without = $known.filter |$target| { !$target.facts['clone_army']['systemd'] }
  unless $without.empty {
    $names = $without.map |$target| { $target.name }
    fail_plan(
      "systemd is not running on ${names.join(', ')}; clones are systemd units, so leave these targets out",
      'clone_army/no-systemd',
      { 'targets' => $names },
    )
  }

  $namesakes = $known.group_by |$target| { $target.facts['clone_army']['certname'] }.filter |$_, $group| { $group.length > 1 }
  unless $namesakes.empty {
    $collisions = Hash($namesakes.map |$certname, $group| { [$certname, $group.map |$target| { $target.name }] })
    $list = $collisions.map |$certname, $names| { "${names.join(' and ')} have the certname \"${certname}\"" }
    fail_plan(
      "${list.join(', ')}; their clones would have the same certnames. Give each host its own certname \
in section [agent] of its puppet.conf, or deploy them one by one, each with a different clone_prefix",
      'clone_army/name-collision',
      { 'collisions' => $collisions },
    )
  }
}
