# @summary Brings the results of a load test to this machine
#
# Each host reduces its records. Hosts that cannot be reached are left out, which the report says.
#
# @param targets
#   The hosts of the test
#
# @param id
#   Name of the test
#
# @param report
#   What the plan `clone_army::private::load_report` needs to know: `folder` and `allow_load_host_bottleneck`
#
# @return [Hash[String[1], Data]]
#   `id`, `passed`, `refused`, `summary` and `files`; for each host that gave clones other names, its name as `host` and those
#   `certnames` in `churned`
#
# @api private
plan clone_army::private::load_results (
  TargetSpec            $targets,
  Clone_army::Test_id   $id,
  Hash[String[1], Data] $report,
) {
  $collected  = run_task('clone_army::load_collect', $targets, 'Reduce the records', 'id' => $id, '_catch_errors' => true)
  $reduced    = $collected.ok_set.first.then |$result| { $result['file'] }
  $downloaded = $reduced ? {
    undef   => $collected,
    default => download_file($reduced, "clone_army/${id}/hosts", $collected.ok_set.targets, 'Get the reduced records', {
      '_catch_errors' => true,
    }),
  }

  $failures = [$collected, $downloaded].map |$set| { $set.error_set.results }.flatten
  $lost     = $failures.map |$result| { "${result.target.name}: ${result.error.msg}" }.unique
  if $reduced =~ Undef or $downloaded.ok_set.empty {
    fail_plan("there are no records of the load test ${id}. ${lost.join('; ')}", 'clone_army/no-records', { 'id' => $id })
  }
  unless $lost.empty {
    out::message("The result is without ${lost.length} of ${collected.count} hosts. ${lost.join('; ')}")
  }

  $result = run_plan('clone_army::private::load_report', {
    'target' => $downloaded.ok_set.targets[0],
    'id'     => $id,
    # Below it, each host has a folder.
    'parts'  => $downloaded.ok_set.first['path'].regsubst(/(\/[^\/]+){2}\z/, ''),
    'remote' => $reduced.regsubst(/[^\/]+\z/, 'report'),
    'folder' => clone_army::local_path($report['folder'].lest || { "load-tests/${id}" }),
    'allow'  => $report['allow_load_host_bottleneck'].lest || { false },
  })

  $churned = $collected.ok_set.results.filter |$each| { $each['churned'] =~ NotUndef }.map |$each| {
    $names = { 'host' => $each.target.name, 'certnames' => $each['churned'] }
    $names
  }

  return({ 'id' => $id, 'churned' => $churned } + $result)
}
