# @summary Asks hosts whether they are ready for a load test, and fails unless all of them are
#
# @param targets
#   Load hosts
#
# @param bases
#   Base images whose clones take part. Default: all.
#
# @param max_clock_offset
#   Milliseconds by which the clocks of two hosts may differ
#
# @return [Hash]
#   `hosts`, with the answers of the task `load_ready` by the names of the targets, and `ahead`: milliseconds by which the
#   server's clock is ahead of this machine's
#
# @api private
plan clone_army::private::load_ready (
  TargetSpec                    $targets,
  Optional[Array[String[1], 1]] $bases,
  Integer[1]                    $max_clock_offset,
) {
  $selection = $bases ? { undef => {}, default => { 'bases' => $bases } }
  out::message('Asking the load hosts for their clones and clocks')
  $answers   = run_task('clone_army::load_ready', get_targets($targets), 'Ask the hosts for their clones and clocks', $selection + {
    '_catch_errors' => true,
  })
  $at        = Integer(Float(Timestamp()) * 1000)

  run_plan('clone_army::private::assert_report', {
    'report'  => $answers.map |$result| {
      $error = $result.error.then |$error| { { 'error' => { 'kind' => $error.kind, 'msg' => $error.msg } } }
      [{ 'host' => $result.target.name }, $error].filter |$part| { $part =~ Hash }.reduce |$all, $part| { $all + $part }
    },
    'failure' => '%s hosts are not ready for a load test',
    'kind'    => 'clone_army/not-ready',
  })

  $hosts = Hash($answers.map |$result| { [$result.target.name, $result.value] })
  run_plan('clone_army::private::assert_ready', 'hosts' => $hosts, 'max_clock_offset' => $max_clock_offset)

  # The last answer is from about now.
  $nows = $hosts.map |$_, $host| { $host['clock']['now'] - $host['clock']['offset'].lest || { 0 } }

  return({ 'hosts' => $hosts, 'ahead' => Integer(max(*$nows)) - $at })
}
