# @summary Starts clones on the targets, one target at a time
#
# @param targets
#   Hosts with a fleet
#
# @param timeout
#   Maximum duration of the start on each host, in seconds
#
# @param interval
#   Seconds between two progress messages
#
# @param selection
#   Parameters of the task that select the clones to start. Default: all.
#
# @return [ResultSet] Results of all targets
#
# @api private
plan clone_army::private::start (
  TargetSpec            $targets,
  Clone_army::Timeout   $timeout,
  Clone_army::Timeout   $interval  = 10,
  Hash[String[1], Data] $selection = {},
) {
  $hosts = get_targets($targets)

  $results = $hosts.map |$index, $host| {
    out::message("Starting the fleet on ${host.name} (${$index + 1} of ${hosts.length})")
    run_plan('clone_army::private::start_host', {
      'host'      => $host,
      'selection' => $selection,
      'timeout'   => $timeout,
      'interval'  => $interval,
    })
  }

  return ResultSet($results)
}
