# @summary Starts clones on each target, one target after the other, and shows how far it is while it goes
#
# A task cannot tell of anything before it ends. This plan starts clones by turns of
# the task `clone_army::start`, and after each tells how many run, failed and are
# to go, how many come up in a second, and about how long the rest will take.
# Clones that failed are not tried again. A host that fails does not keep the
# others from their turn: the plan goes on, and fails at the end with what is
# known of every host in the details of its error.
#
# @example A fleet, with a line about it every half minute
#   bolt plan run clone_army::start_fleet --targets load1 interval=30
#
# @param targets
#   Hosts with a fleet
#
# @param clones
#   Clones by name, range or pattern, as the tasks take them. Default: all.
#
# @param base
#   Only clones on this base image, or on one of these
#
# @param timeout
#   Seconds that the start of one host's clones may take
#
# @param interval
#   Seconds from one line to the next
#
# @return [Array[Hash[String[1], Data]]]
#   For each target `host`, and the `clones` that were asked for: how many of them
#   were started (`changed`), ran already (`in_sync`) or `failed`. In the error's
#   details, under `hosts`, those that failed have an `error` as well.
plan clone_army::start_fleet (
  TargetSpec                                            $targets,
  Optional[Variant[String[1], Array[String[1], 1]]] $clones   = undef,
  Optional[Variant[String[1], Array[String[1], 1]]] $base     = undef,
  Clone_army::Timeout                                   $timeout  = 3600,
  Clone_army::Timeout                                   $interval = 10,
) {
  $hosts = get_targets($targets)

  if $hosts.empty {
    fail_plan('there are no targets; name the hosts of the fleet with --targets', 'clone_army/no-targets')
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

  $failed = $report.filter |$host| { 'error' in $host }
  unless $failed.empty {
    $reasons = $failed.map |$host| { "${host['host']}: ${host['error']['msg']}" }
    fail_plan(
      "not all clones run on ${failed.length} of ${hosts.length} hosts. ${reasons.join('; ')}",
      'clone_army/start-failed',
      { 'hosts' => $report },
    )
  }

  return $report
}
