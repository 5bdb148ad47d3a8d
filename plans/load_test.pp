# @summary Runs a load test with the agents of clones, and says whether the server held it
#
# Reads a profile, starts the test on all targets at the same time, shows its
# progress, and brings its result to this machine: `result.json`, `report.html`,
# `junit.xml` and `metrics.prom`. The plan fails unless all objectives of the profile
# held and the load hosts were not the bottleneck.
#
# The hosts run the test by themselves. It goes on if this plan is interrupted or
# loses its connection. The task `clone_army::load_status` then reports its progress,
# `clone_army::load_stop` ends it, and the plan `clone_army::load_result` gets its
# result.
#
# The clones must be running. During the test, their agents run only when the test
# says so.
#
# @example Thirty minutes of steady load from two hosts, with a profile of the module
#   bolt plan run clone_army::load_test --targets load1,load2 profile=steady
#
# @example A profile of your own
#   bolt plan run clone_army::load_test --targets load1,load2 profile=friday.yaml folder=results/friday
#
# @example A herd that meets a server which has just been restarted
#   bolt plan run clone_army::load_test --targets load1,load2 profile=herd server=puppet.example.com restart_server=true
#
# @param targets
#   Hosts whose clones take part
#
# @param profile
#   What the test does: a YAML file on this machine, or the name of one of the
#   module's own profiles
#
# @param seed
#   Replaces the seed of the profile, which decides the order of clones and all random
#   choices
#
# @param folder
#   Folder on this machine for the results. Default: `load-tests/<id>` below the
#   working directory.
#
# @param id
#   Name of the test. Default: the name of the profile, with date and time.
#
# @param concurrency
#   Maximum number of runs at a time on each host. Runs beyond it are held back, and
#   counted. Default: 32 for each processor.
#
# @param lead
#   Seconds until the test begins. Default: 15, and more for many hosts and clones.
#
# @param max_clock_offset
#   Milliseconds by which the clocks of two hosts may differ. Each host's begin is
#   corrected by its offset, but a large one means that its clock is not synchronized.
#
# @param live
#   Whether to bring the results so far to the folder every minute
#
# @param server
#   The Puppet server, as a target. If the profile has `churn`, certificates of names
#   that clones had during the test are cleaned on it at the end. It has to run the CA.
#
# @param restart_server
#   Whether to restart the Puppet server before the test, so that it begins cold: with
#   no environment loaded and no code compiled. Needs `server`, and interrupts its
#   service. For a warm one, use the `warm_up` of phases.
#
# @param allow_load_host_bottleneck
#   Whether the result stands although the load hosts were the bottleneck, for example
#   to find out what they can do
#
# @return [Hash[String[1], Data]]
#   `id`, `passed`, `summary` and `files`, the paths of the results on this machine. If
#   the plan fails, they are in the error's details.
plan clone_army::load_test (
  TargetSpec                    $targets,
  String[1]                     $profile,
  Optional[Integer[0]]          $seed                       = undef,
  Optional[String[1]]           $folder                     = undef,
  Optional[Clone_army::Test_id] $id                         = undef,
  Optional[Integer[1]]          $concurrency                = undef,
  Optional[Integer[1, 3600]]    $lead                       = undef,
  Integer[1]                    $max_clock_offset           = 250,
  Boolean                       $live                       = false,
  Optional[TargetSpec]          $server                     = undef,
  Boolean                       $restart_server             = false,
  Boolean                       $allow_load_host_bottleneck = false,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name the load hosts with --targets', 'clone_army/no-targets')
  }

  if $restart_server and $server =~ Undef {
    fail_plan('restart_server needs to know the server; name it with server=<target>', 'clone_army/no-server')
  }

  # Steps announce themselves where they take long.
  return without_default_logging() || {
    $read = run_plan('clone_army::private::load_profile', 'targets' => $hosts, 'profile' => $profile, 'seed' => $seed)
    if $read['search'] =~ NotUndef {
      fail_plan("the profile ${profile} describes a search; run it with the plan clone_army::capacity", 'clone_army/is-search')
    }

    if $restart_server {
      run_plan('clone_army::private::restart_server', 'server' => $server)
    }
    $result = run_plan('clone_army::private::load_run', {
      'targets'          => $hosts,
      'profile'          => $read['profile'],
      'id'               => $id,
      'concurrency'      => $concurrency,
      'lead'             => $lead,
      'max_clock_offset' => $max_clock_offset,
      'live'             => $live,
      'report'           => { 'folder' => $folder, 'allow_load_host_bottleneck' => $allow_load_host_bottleneck },
    })
    run_plan('clone_army::private::load_verdict', 'result' => $result, 'server' => $server)
  }
}
