# @summary Builds a fleet on each target, starts the fleets one by one, and reports their state
#
# Applies the class `clone_army` to all targets in parallel, starts the clones
# host by host, so that the load on the server grows gradually, and asks each host
# for its status. If a host fails, the plan continues with the others. It then
# fails at the end, with the results of all hosts in the details of its error.
#
# Before anything is applied, the plan fails if two targets have the same certname,
# because their clones would have the same certnames, too, or if systemd is not
# running on a target.
#
# @example Forty clones on each of two hosts
#   bolt plan run clone_army::deploy --targets load1,load2 master=puppet.example.com num_clones=40
#
# @param targets
#   Hosts to run a fleet on
#
# @param master
#   Certname of the server that the clones check in with
#
# @param num_clones
#   Number of clones on each host. Default: as many as its memory holds.
#
# @param parameters
#   Further parameters of the class `clone_army`, the same for all hosts
#
# @param timeout
#   Maximum duration of the start on each host, in seconds
#
# @return [Array[Hash[String[1], Data]]]
#   For each target: its name as `host`, and from its status `certname`, `server`,
#   `clones`, `running` and `failed`. If the plan fails, the same list is in the
#   error's details under `hosts`, and hosts that failed also have an `error`.
plan clone_army::deploy (
  TargetSpec                                                                $targets,
  Clone_army::Certname                                                      $master,
  Optional[Clone_army::Count]                                               $num_clones = undef,
  Hash[Pattern[/\A(?!(master|num_clones)\z)[a-z][a-z0-9_]*\z/], Any] $parameters = {},
  Clone_army::Timeout                                                       $timeout    = 3600,
) {
  $hosts = get_targets($targets)

  if $hosts.empty {
    fail_plan('there are no targets; name the hosts with --targets', 'clone_army/no-targets')
  }

  $prepared = apply_prep($hosts, '_catch_errors' => true)
  $ready    = $prepared.ok_set.targets
  run_plan('clone_army::private::assert_targets', 'targets' => $ready)

  $applied = run_plan('clone_army::private::apply', {
    'targets'    => $ready,
    'parameters' => $parameters + { 'master' => $master, 'num_clones' => $num_clones },
  })
  $built   = $applied.ok_set.targets

  $started = run_plan('clone_army::private::start', 'targets' => $built, 'timeout' => $timeout)
  $status  = run_task('clone_army::status', $built, 'Get the status of the fleets', '_catch_errors' => true)

  $report = run_plan('clone_army::private::report', {
    'targets' => $hosts,
    'steps'   => { 'prepare' => $prepared, 'apply' => $applied, 'start' => $started, 'status' => $status },
  })

  run_plan('clone_army::private::assert_report', {
    'report'  => $report,
    'failure' => 'deployment failed on %s hosts',
    'kind'    => 'clone_army/deploy-failed',
  })

  return $report
}
