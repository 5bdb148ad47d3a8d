# @summary Stops all clones of the targets
#
# @param targets
#   Hosts, with or without a fleet
#
# @param timeout
#   Maximum duration, in seconds
#
# @return [Array[Hash]] For each target: its name as `host`, and an `error` if clones are not stopped
#
# @api private
plan clone_army::private::stop (
  TargetSpec          $targets,
  Clone_army::Timeout $timeout,
) {
  $results = run_task('clone_army::stop', get_targets($targets), 'Stop the clones', {
    'timeout'       => $timeout,
    '_catch_errors' => true,
  })

  return $results.map |$result| {
    $error = $result.error ? {
      Undef                        => {},
      Error['clone_army/no-fleet'] => {},
      default                      => { 'error' => { 'kind' => $result.error.kind, 'msg' => $result.error.msg } },
    }
    $host = { 'host' => $result.target.name } + $error
    $host
  }
}
