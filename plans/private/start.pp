# @summary Starts clones on the targets, one target after the other
#
# @param targets
#   Hosts with a fleet
#
# @param timeout
#   Seconds that the start of one host's clones may take
#
# @param interval
#   Seconds from one word about it to the next
#
# @param selection
#   Parameters of the task that say which clones to start. Default: all.
#
# @return [ResultSet] What became of each target
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
    out::message("Starting the fleet of ${host.name} (${$index + 1} of ${hosts.length})")
    run_plan('clone_army::private::start_host', {
      'host'      => $host,
      'selection' => $selection,
      'timeout'   => $timeout,
      'interval'  => $interval,
    })
  }

  return ResultSet($results)
}
