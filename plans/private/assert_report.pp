# @summary Fails with the reasons of all hosts if a step failed on any of them
#
# @param report
#   Results by host: `host`, and `error` with `kind`, `msg` and perhaps `step`
#
# @param failure
#   What failed, in which `%s` becomes the number of these hosts
#
# @param kind
#   Kind of the error
#
# @api private
plan clone_army::private::assert_report (
  Array[Hash] $report,
  String[1]   $failure,
  String[1]   $kind,
) {
  $failed = $report.filter |$host| { 'error' in $host }
  unless $failed.empty {
    $reasons = $failed.map |$host| {
      [$host['host'], $host['error']['step'], $host['error']['msg']].filter |$part| { $part =~ NotUndef }.join(': ')
    }
    $what = sprintf($failure, "${failed.length} of ${report.length}")
    fail_plan("${what}. ${reasons.join('; ')}", $kind, { 'hosts' => $report })
  }
}
