# @summary Watches a load test that is in progress, and gets its result
#
# For a test whose plan was interrupted, or whose result is wanted again. Fails as
# `clone_army::load_test` does.
#
# @example The result of a test, when it has ended
#   bolt plan run clone_army::load_result --targets load1,load2 id=steady-20260314-151502
#
# @example The result so far
#   bolt plan run clone_army::load_result --targets load1,load2 id=steady-20260314-151502 watch=false
#
# @param targets
#   The hosts of the test
#
# @param id
#   Name of the test
#
# @param folder
#   Folder on this machine for the results. Default: `load-tests/<id>` below the
#   working directory.
#
# @param watch
#   Whether to wait for the end of the test, and show its progress
#
# @param live
#   Whether to bring the results so far to the folder every minute
#
# @param server
#   The Puppet server, as a target. If the profile has `churn`, certificates of names
#   that clones had during the test are cleaned on it at the end. It has to run the CA.
#
# @param allow_load_host_bottleneck
#   Whether the result stands although the load hosts were the bottleneck, for example
#   to find out what they can do
#
# @return [Hash[String[1], Data]]
#   As returned by the plan `clone_army::load_test`
plan clone_army::load_result (
  TargetSpec           $targets,
  Clone_army::Test_id  $id,
  Optional[String[1]]  $folder                     = undef,
  Boolean              $watch                      = true,
  Boolean              $live                       = false,
  Optional[TargetSpec] $server                     = undef,
  Boolean              $allow_load_host_bottleneck = false,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name the load hosts with --targets', 'clone_army/no-targets')
  }

  $report = { 'folder' => $folder, 'allow_load_host_bottleneck' => $allow_load_host_bottleneck }
  return without_default_logging() || {
    if $watch {
      run_plan('clone_army::private::load_watch', 'targets' => $hosts, 'id' => $id, 'live' => $live, 'report' => $report)
    }
    $result = run_plan('clone_army::private::load_results', 'targets' => $hosts, 'id' => $id, 'report' => $report)
    run_plan('clone_army::private::load_verdict', 'result' => $result, 'server' => $server)
  }
}
