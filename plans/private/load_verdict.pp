# @summary Prints the results of a load test, and fails unless it has passed
#
# @param result
#   As returned by the plan `clone_army::private::load_results`
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::load_verdict (
  Hash[String[1], Data] $result,
) {
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
    fail_plan($result['summary'], $kind, $result)
  }
}
