# @summary The number of clones in the fleet
#
# @param requested
#   Number of clones that the user asks for
# @param run_mode
#   How agents run in the clones
# @param run_interval
#   Seconds between two runs of a clone's agent, by timer
# @return [Clone_army::Count] `requested`, or as many clones as the host's memory and processors can handle
# @raise Evaluation error, if the host does not have enough memory
#
# @api private
function clone_army::clone_count(
  Optional[Clone_army::Count] $requested,
  Clone_army::Run_mode        $run_mode,
  Clone_army::Run_interval    $run_interval,
) >> Clone_army::Count {
  $memory   = lookup('clone_army::memory_mib', Hash)
  $each     = $memory[$run_mode]
  $cores    = $facts['processors']['count']
  $reserved = $memory['system'] + $memory['agent'] + 2 * $cores * $each['run']
  $limit    = $facts.dig('clone_army', 'memory_limit')
  $total    = [$facts['memory']['system']['total_bytes'], $limit].filter |$bytes| { $bytes =~ NotUndef }.min / 1048576
  $fit      = ($total - $reserved) / $each['clone']
  $most     = ($total - $reserved) / $each['idle']

  if $fit < 1 {
    $runs = $run_mode ? {
      'timer' => ", ${2 * $cores * $each['run']} for agent runs",
      default => '',
    }
    fail(@("MESSAGE"/L$))
      clone_army: this host has ${total} MiB of memory; a fleet of one clone needs ${$reserved + $each['clone']} \
      (${memory['system']} for the system, ${memory['agent']} for the host's agent${runs}, ${each['clone']} for the clone)
      |-MESSAGE
  }
  if $requested =~ NotUndef and $requested > $most {
    fail(@("MESSAGE"/L$))
      clone_army: num_clones is ${requested}, but the ${total} MiB of memory of this host hold at most ${most} clones \
      (${each['idle']} MiB each when idle), or ${fit} at the default of ${each['clone']} MiB each; lower num_clones
      |-MESSAGE
  }

  $cpu_limit = $run_mode ? {
    'timer' => $cores * $run_interval / lookup('clone_army::run_cpu_seconds'),
    default => $fit,
  }
  $requested.lest || { min($fit, $cpu_limit, lookup('clone_army::clones_max')) }
}
