# @summary Runs one load test from its begin to its result
#
# @param targets
#   Load hosts
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
# @param max_clock_offset
#   Milliseconds by which the clocks of two hosts may differ
#
# @param live
#   Whether to bring the results so far to the folder every minute
#
# @param until_lost
#   Whether to stop the test a minute after an objective is lost
#
# @param report
#   What the plan `clone_army::private::load_report` needs to know: `folder` and `allow_load_host_bottleneck`
#
# @return [Hash[String[1], Data]] As returned by the plan `clone_army::private::load_results`
#
# @api private
plan clone_army::private::load_run (
  TargetSpec                    $targets,
  Hash[String[1], Data]         $profile,
  Hash[String[1], Data]         $report,
  Optional[Clone_army::Test_id] $id               = undef,
  Optional[Integer[1]]          $concurrency      = undef,
  Optional[Integer[1, 3600]]    $lead             = undef,
  Integer[1]                    $max_clock_offset = 250,
  Boolean                       $live             = false,
  Boolean                       $until_lost       = false,
) {
  $name  = $profile['name'].regsubst(/[^A-Za-z0-9]+/, '-', 'G')
  $test  = $id.lest || { "${name}-${strftime(Timestamp(), '%Y%m%d-%H%M%S')}" }
  $ready = run_plan('clone_army::private::load_ready', {
    'targets'          => $targets,
    'bases'            => $profile['bases'],
    'max_clock_offset' => $max_clock_offset,
  })

  run_plan('clone_army::private::load_start', {
    'ready'       => $ready,
    'profile'     => $profile,
    'id'          => $test,
    'concurrency' => $concurrency,
    'lead'        => $lead,
  })
  run_plan('clone_army::private::load_watch', {
    'targets'    => $targets,
    'id'         => $test,
    'live'       => $live,
    'until_lost' => $until_lost,
    'report'     => $report,
  })

  out::message("Getting the results of ${test}")
  return run_plan('clone_army::private::load_results', 'targets' => $targets, 'id' => $test, 'report' => $report)
}
