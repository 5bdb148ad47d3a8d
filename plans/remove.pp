# @summary Stops the fleet on each target, cleans the clones' certificates, and removes the fleet
#
# If a host fails in one step, it is left out of the later ones, and the plan
# continues with the others. It then fails at the end, with the results of all hosts
# in the details of its error. The plan can be run again: hosts without a fleet pass.
#
# First take the class out of the classification of the hosts. Otherwise the next
# agent run on them brings the fleet back.
#
# @example Everything, with images and overlays
#   bolt plan run clone_army::remove --targets load1,load2 server=puppet.example.com purge=true
#
# @param targets
#   Hosts with a fleet
#
# @param server
#   The Puppet server that runs the CA, as a target. Default: certificates are not
#   cleaned. Include them if the clones do not come back.
#
# @param purge
#   Whether to remove images and overlays, too
#
# @param timeout
#   Maximum time for stopping the clones of all hosts, in seconds
#
# @return [Array[Hash[String[1], Data]]]
#   For each target: its name as `host`, whether its fleet was `removed`, and with
#   `server`, the counts of the plan `clone_army::clean`. If the plan fails, the same
#   list is in the error's details under `hosts`, and hosts that failed also have an
#   `error`.
plan clone_army::remove (
  TargetSpec           $targets,
  Optional[TargetSpec] $server  = undef,
  Boolean              $purge   = false,
  Clone_army::Timeout  $timeout = 3600,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name the hosts with --targets', 'clone_army/no-targets')
  }

  # Before anything is stopped: the class needs facts, which need an agent.
  $prepared = apply_prep($hosts, '_catch_errors' => true)
  $stopped  = run_plan('clone_army::private::stop', 'targets' => $prepared.ok_set.targets, 'timeout' => $timeout)
  $down     = $stopped.filter |$host| { !('error' in $host) }.map |$host| { get_target($host['host']) }

  # Before the removal, after which nobody knows the names.
  $cleaned  = $server ? {
    undef   => [],
    default => run_plan('clone_army::private::clean', {
      'certnames' => run_plan('clone_army::private::certnames', {
        'targets'   => $down,
        'selection' => { 'clones' => '*' },
        'left'      => true,
        'fleetless' => true,
      }),
      'server'    => $server,
    }),
  }
  $unclean  = $cleaned.filter |$host| { 'error' in $host }.map |$host| { $host['host'] }
  $ready    = $down.filter |$target| { !($target.name in $unclean) }
  $removed  = run_plan('clone_army::private::absent', 'targets' => $ready, 'purge' => $purge)

  $report = $hosts.map |$target| {
    $name    = $target.name
    $done    = { 'host' => $name, 'removed' => $removed.ok_set.find($name) =~ NotUndef }
    $counts  = $cleaned.filter |$host| { $host['host'] == $name }
    $steps   = $stopped.filter |$host| { $host['host'] == $name }
    $results = [$prepared, $removed].map |$set| { $set.error_set.find($name) }.filter |$result| { $result =~ NotUndef }
    $errors  = $results.map |$result| { { 'error' => { 'kind' => $result.error.kind, 'msg' => $result.error.msg } } }
    ($steps + $counts + $errors).reduce($done) |$all, $part| { $all + $part }
  }

  run_plan('clone_army::private::assert_report', {
    'report'  => $report,
    'failure' => 'the removal failed on %s hosts',
    'kind'    => 'clone_army/remove-failed',
  })

  return $report
}
