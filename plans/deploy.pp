# @summary Builds a fleet on each target, starts the fleets in turn and tells what then runs
#
# Applies the class `clone_army` to all targets, starts the clones of one host
# after the other, so that the server meets a growing fleet and not all of it at
# once, and asks each host for its status. A host that fails does not keep the
# others from their fleets: the plan goes on, and fails at the end with what is
# known of every host in the details of its error.
#
# Refuses before anything is applied, if two targets have the same certname
# (their clones would have the same ones too), or a target runs without systemd.
#
# @example Forty clones on each of two hosts
#   bolt plan run clone_army::deploy --targets load1,load2 master=puppet.example.com num_clones=40
#
# @param targets
#   Hosts of the fleet
#
# @param master
#   Certname of the server that the clones check in with
#
# @param num_clones
#   Number of clones on each host. Default: as many as its memory allows.
#
# @param parameters
#   Further parameters of the class `clone_army`, the same for each host
#
# @param timeout
#   Seconds that the start of one host's clones may take
#
# @return [Array[Hash[String[1], Data]]]
#   For each target `host`, and with it what its status says: `certname`,
#   `server`, `clones`, `running` and `failed`. In the error's details, under
#   `hosts`, those that failed have an `error` as well.
plan clone_army::deploy (
  TargetSpec                                                                $targets,
  Clone_army::Certname                                                      $master,
  Optional[Clone_army::Count]                                               $num_clones = undef,
  Hash[Pattern[/\A(?!(master|num_clones)\z)[a-z][a-z0-9_]*\z/], Any] $parameters = {},
  Clone_army::Timeout                                                       $timeout    = 3600,
) {
  $hosts = get_targets($targets)

  if $hosts.empty {
    fail_plan('there are no targets; name the hosts of the fleet with --targets', 'clone_army/no-targets')
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
  $asked   = run_task('clone_army::status', $built, 'Ask what runs', '_catch_errors' => true)

  $report = run_plan('clone_army::private::report', {
    'targets' => $hosts,
    'steps'   => { 'prepare' => $prepared, 'apply' => $applied, 'start' => $started, 'status' => $asked },
  })

  $failed = $report.filter |$host| { 'error' in $host }
  unless $failed.empty {
    $reasons = $failed.map |$host| { "${host['host']}: ${host['error']['step']}: ${host['error']['msg']}" }
    fail_plan(
      "the fleet is not up on ${failed.length} of ${hosts.length} hosts. ${reasons.join('; ')}",
      'clone_army/deploy-failed',
      { 'hosts' => $report },
    )
  }

  return $report
}
