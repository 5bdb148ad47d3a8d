# @summary Searches for the highest load that a server takes
#
# Runs load tests with a steady load, one after the other: the load doubles until a
# test fails, then the search narrows the range between the highest load that passed
# and the lowest that failed. A longer test confirms the answer, which is in runs a
# minute and in agents. Where the load hosts are the bottleneck before the server is,
# the answer is what the server takes at least.
#
# The plan says beforehand how long it takes at most. It fails if no load passed.
#
# @example How many agents with a run every 30 minutes?
#   bolt plan run clone_army::capacity --targets load1,load2 run_interval=1800
#
# @example As a profile says, but with a first load near the answer
#   bolt plan run clone_army::capacity --targets load1,load2 profile=friday.yaml start=80
#
# @param targets
#   Hosts whose clones take part
#
# @param run_interval
#   Seconds between two runs of an agent in production, to tell the answer in agents
#
# @param profile
#   Objectives, workload, time-out and base images of the tests: a YAML file on this
#   machine, or the name of one of the module's own profiles. A phase of the kind
#   `search` has defaults for the parameters below; phases of other kinds do not matter.
#
# @param start
#   First load, in runs a minute
#
# @param max_runs_per_minute
#   Highest load to try. Default: as high as the load hosts can.
#
# @param tolerance
#   How far apart the highest load that passed and the lowest that failed may be, as a
#   percentage
#
# @param steps
#   Maximum number of tests
#
# @param step_duration
#   Seconds of each test, the first of which are left out of the figures. Default: as
#   long as the limits of the objectives and the tolerance need, and shorter while
#   loads are far apart.
#
# @param confirm_duration
#   Seconds of the test that confirms the answer. Default: about twice that of the
#   others.
#
# @param folder
#   Folder on this machine for the results. Default: `load-tests/capacity-<time>`
#   below the working directory.
#
# @param concurrency
#   Maximum number of runs at a time on each host, as in `clone_army::load_test`
#
# @param max_clock_offset
#   Milliseconds by which the clocks of two hosts may differ
#
# @param server
#   The Puppet server, as a target. If the profile has `churn`, certificates of names
#   that clones had during a test are cleaned on it. It has to run the CA.
#
# @return [Hash[String[1], Data]]
#   `capacity` with the answer, and `steps` with the load and the outcome of each test.
#   The same is in the file `capacity.json`.
plan clone_army::capacity (
  TargetSpec                $targets,
  Clone_army::Run_interval  $run_interval        = 1800,
  String[1]                 $profile             = 'search',
  Optional[Integer[1]]      $start               = undef,
  Optional[Integer[1]]      $max_runs_per_minute = undef,
  Optional[Integer[1, 100]] $tolerance           = undef,
  Optional[Integer[1, 100]] $steps               = undef,
  Optional[Integer[10]]     $step_duration       = undef,
  Optional[Integer[10]]     $confirm_duration    = undef,
  Optional[String[1]]       $folder              = undef,
  Optional[Integer[1]]      $concurrency         = undef,
  Integer[1]                $max_clock_offset    = 250,
  Optional[TargetSpec]      $server              = undef,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name the load hosts with --targets', 'clone_army/no-targets')
  }

  $now   = strftime(Timestamp(), '%Y%m%d-%H%M%S')
  $local = clone_army::local_path($folder.lest || { "load-tests/capacity-${now}" })
  $given = {
    'start'           => $start,
    'most'            => $max_runs_per_minute,
    'tolerance'       => $tolerance,
    'steps'           => $steps,
    'step_seconds'    => $step_duration,
    'confirm_seconds' => $confirm_duration,
  }.filter |$_, $value| { $value =~ NotUndef }
  $found = without_default_logging() || {
    $read = run_plan('clone_army::private::load_profile', 'targets' => $hosts, 'profile' => $profile)
    run_plan('clone_army::private::search', {
      'targets' => $hosts,
      'search'  => { 'profile' => $read['profile'], 'run_interval' => $run_interval } + $read['search'].lest || { {} } + $given,
      'id'      => "capacity-${now}",
      'folder'  => $local,
      'server'  => $server,
      'test'    => { 'concurrency' => $concurrency, 'max_clock_offset' => $max_clock_offset },
    })
  }

  $text = $found['capacity']['text']
  out::message("Results: ${local}/capacity.json")
  if $found['capacity']['runsPerMinute'] =~ Undef {
    fail_plan($text, 'clone_army/no-capacity', $found)
  }
  out::message($text)

  return $found
}
