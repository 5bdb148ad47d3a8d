# @summary Cleans the certificates of names that clones had during a load test
#
# The clones do not have them any more. What cannot be cleaned is told, and does not change the outcome of the test.
#
# @param churned
#   For each host, its name as `host` and the `certnames`
#
# @param id
#   Name of the test
#
# @param server
#   The Puppet server that runs the CA. Without it, the plan says what is left.
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::load_clean (
  Array[Hash[String[1], Data]] $churned,
  Clone_army::Test_id          $id,
  Optional[TargetSpec]         $server = undef,
) {
  $certnames = $churned.map |$host| { $host['certnames'] }.flatten
  if $certnames.empty {
    return undef
  }
  if $server =~ Undef {
    out::message(
      "Churn has left ${certnames.length} certificates on the CA. To clean them, run the plan clone_army::load_result with id=${id} \
and server=<target>",
    )
    return undef
  }

  $churned.each |$host| {
    run_plan('clone_army::private::assert_certnames', 'host' => $host['host'], 'names' => $host['certnames'])
  }

  $report  = run_plan('clone_army::private::clean', 'certnames' => $churned, 'server' => $server)
  $cleaned = $report.reduce(0) |$sum, $host| { $sum + $host['cleaned'] }
  out::message("Cleaned ${cleaned} of ${certnames.length} certificates that churn has left on the CA")
  $report.each |$host| {
    if $host['error'] =~ NotUndef {
      out::message("${host['host']}: ${host['error']['msg']}")
    }
  }
}
