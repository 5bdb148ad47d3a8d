# @summary Starts a load test on all hosts, so that it begins everywhere at the same time
#
# If a host cannot start it, the others stop it again.
#
# @param ready
#   As returned by the plan `clone_army::private::load_ready`
#
# @param profile
#   The profile with all defaults
#
# @param id
#   Name of the test
#
# @param concurrency
#   Maximum number of runs at a time on each host
#
# @param lead
#   Seconds until the test begins
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::load_start (
  Hash                       $ready,
  Hash[String[1], Data]      $profile,
  Clone_army::Test_id        $id,
  Optional[Integer[1]]       $concurrency = undef,
  Optional[Integer[1, 3600]] $lead        = undef,
) {
  $hosts   = $ready['hosts']
  $names   = $hosts.keys
  $targets = get_targets($names)
  $clones  = $hosts.map |$_, $host| { $host['groups'].map |$group| { $group['clones'] }.flatten }
  $roster  = $hosts.map |$_, $host| {
    {
      'name'   => $host['name'],
      'groups' => $host['groups'].map |$group| { { 'base' => $group['base'], 'clones' => $group['clones'].length } },
    }
  }

  # Time for Bolt to reach all hosts, and for each of them to pause its clones.
  $wait   = $lead.lest || { 15 + $names.length / 10 + max(*$clones.map |$list| { $list.length }) / 50 }
  $begin  = Integer((Float(Timestamp()) + $wait) * 1000) + $ready['ahead']
  $length = $profile['phases'].reduce(0) |$sum, $phase| { $sum + $phase['length'] }

  $end    = strftime(Timestamp() + Timespan($wait + $length / 1000), '%Y-%m-%d %H:%M:%S UTC')
  $where  = $names.length ? {
    Integer[1, 4] => $names.join(', '),
    default       => "${names.length} hosts",
  }
  $ask    = "--targets ${names.join(',')} id=${id}"
  out::message(@("MESSAGE"/L$))
    Load test ${id} begins in ${wait} s, with ${clones.flatten.length} clones on ${where}, and ends at ${end}.
    It goes on if this plan is interrupted. Then ask for it, end it or get its result with
      bolt task run clone_army::load_status ${ask}
      bolt task run clone_army::load_stop ${ask}
      bolt plan run clone_army::load_result ${ask}
    |-MESSAGE

  $started = run_task_with('clone_army::load_start', $targets, 'Start the load test', '_catch_errors' => true) |$target| {
    $index = $names.index($target.name)
    $host  = $hosts[$target.name]
    $clock = $host['clock']
    $plan  = {
      'version'       => 1,
      'id'            => $id,
      'profile'       => $profile,
      'roster'        => { 'hosts' => $roster },
      'host'          => $index,
      'clones'        => $clones[$index],
      'server'        => $host['server'],
      'begin'         => $begin + Integer($clock['offset'].lest || { 0 }),
      'clock'         => $clock['offset'].then |$offset| { { 'offset' => $offset, 'uncertainty' => $clock['uncertainty'] } },
      'samplesServer' => $index == 0,
      'concurrency'   => $concurrency.lest || { $host['processors'] * 32 },
    }
    $parameters = { 'plan' => $plan }
    $parameters
  }

  unless $started.ok {
    $reasons = $started.error_set.map |$result| { "${result.target.name}: ${result.error.msg}" }
    run_task('clone_army::load_stop', $started.ok_set.targets, 'Stop the load test', 'id' => $id, '_catch_errors' => true)
    fail_plan(
      "the load test did not start on ${reasons.length} of ${names.length} hosts, so the others stopped it. ${reasons.join('; ')}. \
If the begin came too soon, raise lead",
      'clone_army/start-failed',
      { 'id' => $id },
    )
  }
}
