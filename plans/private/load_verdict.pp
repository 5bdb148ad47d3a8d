# @summary Cleans up after a load test, prints its results, and fails unless it has passed
#
# @param result
#   As returned by the plan `clone_army::private::load_results`
#
# @param server
#   The Puppet server that runs the CA, for certificates that churn has left there
#
# @return [Hash[String[1], Data]] `id`, `passed`, `refused`, `summary` and `files`
#
# @api private
plan clone_army::private::load_verdict (
  Hash[String[1], Data] $result,
  Optional[TargetSpec]  $server = undef,
) {
  run_plan('clone_army::private::load_clean', 'churned' => $result['churned'], 'id' => $result['id'], 'server' => $server)

  $answer = $result.filter |$key, $_| { $key != 'churned' }
  if $result['passed'] {
    out::message($result['summary'])
  }
  $report = $result['files'].filter |$file| { $file =~ /report\.html\z/ }
  $report.each |$file| { out::message("Report: ${file}") }

  # The error brings the summary.
  unless $result['passed'] {
    $kind = $result['refused'] ? {
      true    => 'clone_army/load-host-saturated',
      default => 'clone_army/load-test-failed',
    }
    fail_plan($result['summary'], $kind, $answer)
  }

  return $answer
}
