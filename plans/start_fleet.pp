# @summary Starts clones on each target, one target at a time, and shows progress
#
# A task has no output until it ends. This plan runs the task `clone_army::start`
# repeatedly, and after each run reports how many clones are running, failed and
# pending, the rate, and the remaining time. Clones that failed are not retried.
# If a host fails, the plan continues with the others. It then fails at the end,
# with the results of all hosts in the details of its error.
#
# @example A whole fleet, with a progress message every 30 seconds
#   bolt plan run clone_army::start_fleet --targets load1 interval=30
#
# @param targets
#   Hosts with a fleet
#
# @param clones
#   Clones by name, range or pattern, as in the tasks. Default: all.
#
# @param base
#   Only clones on this base image, or on these base images
#
# @param timeout
#   Maximum duration of the start on each host, in seconds
#
# @param interval
#   Seconds between two progress messages
#
# @return [Array[Hash[String[1], Data]]]
#   For each target: its name as `host`, the number of selected `clones`, and how
#   many of them were started (`changed`), were already running (`in_sync`) or
#   `failed`. If the plan fails, the same list is in the error's details under
#   `hosts`, and hosts that failed also have an `error`.
plan clone_army::start_fleet (
  TargetSpec                                            $targets,
  Optional[Variant[String[1], Array[String[1], 1]]] $clones   = undef,
  Optional[Variant[String[1], Array[String[1], 1]]] $base     = undef,
  Clone_army::Timeout                                   $timeout  = 3600,
  Clone_army::Timeout                                   $interval = 10,
) {
  $hosts = get_targets($targets)

  if $hosts.empty {
    fail_plan('there are no targets; name the hosts with --targets', 'clone_army/no-targets')
  }

  $started = run_plan('clone_army::private::start', {
    'targets'   => $hosts,
    'selection' => { 'clones' => $clones, 'base' => $base }.filter |$_, $value| { $value =~ NotUndef },
    'timeout'   => $timeout,
    'interval'  => $interval,
  })

  $report = $started.map |$result| {
    $error = $result.error.then |$error| { { 'error' => { 'kind' => $error.kind, 'msg' => $error.msg } } }
    [{ 'host' => $result.target.name }, $result['totals'], $error].filter |$part| { $part =~ Hash }.reduce |$all, $part| { $all + $part }
  }

  run_plan('clone_army::private::assert_report', {
    'report'  => $report,
    'failure' => 'the start failed on %s hosts',
    'kind'    => 'clone_army/start-failed',
  })

  return $report
}
