# @summary The size of the fleet
#
# @param num_clones
#   What the user asked for
# @return [Clone_army::Count] `num_clones`, or as many as fit into the node's memory
# @raise Evaluation error, if the node's memory is too small
#
# @api private
function clone_army::clone_count(Optional[Clone_army::Count] $num_clones) >> Clone_army::Count {
  $limits = lookup('clone_army::memory_mib', Hash[String[1], Integer[1]])
  $total  = $facts['memory']['system']['total_bytes'] / 1048576
  $free   = $total - $limits['system'] - $limits['agent']
  $fit    = $free / $limits['clone']
  $most   = $free / $limits['idle']

  if $fit < 1 {
    $least = $limits['system'] + $limits['agent'] + $limits['clone']
    fail(@("MESSAGE"/L$))
      clone_army: this node has ${total} MiB of memory; a fleet of one clone takes ${least} \
      (${limits['system']} for the system, ${limits['agent']} for its agent, ${limits['clone']} for the clone)
      |-MESSAGE
  }
  if $num_clones =~ NotUndef and $num_clones > $most {
    fail(@("MESSAGE"/L$))
      clone_army: num_clones is ${num_clones}, but the ${total} MiB of memory of this node hold ${most} clones at most \
      (${limits['idle']} MiB each when idle) and ${fit} by the default of ${limits['clone']} MiB each
      |-MESSAGE
  }

  $num_clones.lest || { min($fit, lookup('clone_army::clones_max')) }
}
