# @summary Fails unless each target can host a fleet, and their clones are told apart by name
#
# @param targets
#   Hosts whose facts are known
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::assert_targets (
  TargetSpec $targets,
) {
  # A host without the fact is for the class to complain about.
  $known = get_targets($targets).filter |$target| { $target.facts['clone_army'] =~ Hash }

  $without = $known.filter |$target| { !$target.facts['clone_army']['systemd'] }
  unless $without.empty {
    $names = $without.map |$target| { $target.name }
    fail_plan(
      "systemd is not running on ${names.join(', ')}; clones are units of systemd, so leave these targets out",
      'clone_army/no-systemd',
      { 'targets' => $names },
    )
  }

  $namesakes = $known.group_by |$target| { $target.facts['clone_army']['certname'] }.filter |$_, $group| { $group.length > 1 }
  unless $namesakes.empty {
    $collisions = Hash($namesakes.map |$certname, $group| { [$certname, $group.map |$target| { $target.name }] })
    $list = $collisions.map |$certname, $names| { "${names.join(' and ')} have the certname \"${certname}\"" }
    fail_plan(
      "${list.join(', ')}; their clones would have the same certnames. Set a certname of its own for each of them \
in section [agent] of its puppet.conf, or deploy them one by one, each with another clone_prefix",
      'clone_army/name-collision',
      { 'collisions' => $collisions },
    )
  }
}
