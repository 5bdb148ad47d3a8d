# @summary The size of the fleet
#
# @param num_clones
#   What the user asked for
# @param run_mode
#   How agents run in the clones
# @param run_interval
#   Seconds from one run of a clone's agent to the next, by timer
# @return [Clone_army::Count] `num_clones`, or as many as the node's memory holds and its processors keep up with
# @raise Evaluation error, if the node's memory is too small
#
# @api private
function clone_army::clone_count(
  Optional[Clone_army::Count] $num_clones,
  Clone_army::Run_mode        $run_mode,
  Clone_army::Run_interval    $run_interval,
) >> Clone_army::Count {
  $limits = lookup('clone_army::memory_mib', Hash)
  $each   = $limits[$run_mode]
  $cores  = $facts['processors']['count']
  $aside  = $limits['system'] + $limits['agent'] + 2 * $cores * $each['run']
  $total  = $facts['memory']['system']['total_bytes'] / 1048576
  $fit    = ($total - $aside) / $each['clone']
  $most   = ($total - $aside) / $each['idle']

  $parts = "${limits['system']} for the system, ${limits['agent']} for its agent"
  $runs  = $run_mode ? {
    'timer' => ", ${2 * $cores * $each['run']} for runs of clones",
    default => '',
  }

  if $fit < 1 {
    fail(@("MESSAGE"/L$))
      clone_army: this node has ${total} MiB of memory; a fleet of one clone takes ${$aside + $each['clone']} \
      (${parts}${runs}, ${each['clone']} for the clone)
      |-MESSAGE
  }
  if $num_clones =~ NotUndef and $num_clones > $most {
    fail(@("MESSAGE"/L$))
      clone_army: num_clones is ${num_clones}, but the ${total} MiB of memory of this node hold ${most} clones at most \
      (${each['idle']} MiB each when idle) and ${fit} by the default of ${each['clone']} MiB each
      |-MESSAGE
  }

  $kept_up_with = $run_mode ? {
    'timer' => $cores * $run_interval / lookup('clone_army::run_cpu_seconds'),
    default => $fit,
  }
  $num_clones.lest || { min($fit, $kept_up_with, lookup('clone_army::clones_max')) }
}
