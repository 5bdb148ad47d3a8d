# @summary Starts the fleets of the targets, one after the other
#
# @param targets
#   Hosts with a fleet
#
# @param timeout
#   Seconds that the start of one host's clones may take
#
# @return [ResultSet] What became of each target
#
# @api private
plan clone_army::private::start (
  TargetSpec          $targets,
  Clone_army::Timeout $timeout,
) {
  $hosts = get_targets($targets)

  $results = $hosts.map |$index, $host| {
    out::message("Starting the fleet of ${host.name} (${$index + 1} of ${hosts.length})")
    run_task('clone_army::start', $host, 'timeout' => $timeout, '_catch_errors' => true).first
  }

  return ResultSet($results)
}
