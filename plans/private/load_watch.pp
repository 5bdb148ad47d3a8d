# @summary Shows the progress of a load test every ten seconds until it has ended
#
# A host that does not answer is asked again each time. When all others have ended, the plan waits for it for a minute.
#
# @param targets
#   The hosts of the test
#
# @param id
#   Name of the test
#
# @param live
#   Whether to bring the results so far to the folder every minute
#
# @param until_lost
#   Whether to stop the test a minute after an objective is lost, that is, cannot hold any more, whatever the rest of the test
#   brings. The minute shows what was saturated.
#
# @param report
#   What the plan `clone_army::private::load_report` needs to know: `folder` and `allow_load_host_bottleneck`
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::load_watch (
  TargetSpec            $targets,
  Clone_army::Test_id   $id,
  Hash[String[1], Data] $report,
  Boolean               $live       = false,
  Boolean               $until_lost = false,
) {
  $interval = 10
  $minute   = 60 / $interval
  # Longer than any test: drivers end by themselves.
  $limit    = 400 * 24 * 60 * $minute
  $before   = { 'hosts' => {}, 'earlier' => [], 'silent' => {}, 'lost' => [], 'lost_since' => undef, 'waits' => 0 }

  Integer[1, $limit].reduce($before) |$state, $round| {
    $asked   = Timestamp()
    $answers = run_task('clone_army::load_status', $targets, 'Ask for the progress', 'id' => $id, '_catch_errors' => true)
    $known  = $state['hosts'] + Hash($answers.ok_set.map |$result| { [$result.target.name, $result.value] })
    $silent = Hash($answers.error_set.map |$result| { [$result.target.name, $result.error.msg] })
    if $known.empty {
      $reasons = $silent.map |$name, $msg| { "${name}: ${msg}" }
      fail_plan("no host knows how the load test ${id} is. ${reasons.join('; ')}", 'clone_army/no-progress', { 'id' => $id })
    }

    $progress = clone_army::merge_progress($known.values)
    out::message(clone_army::progress_line($progress, $state['earlier'][0]))
    ($silent.keys - $state['silent'].keys).each |$name| {
      out::message("${name} does not answer, its last figures stand for it: ${silent[$name]}")
    }
    ($state['silent'].keys - $silent.keys).each |$name| { out::message("${name} answers again") }

    $lost = $progress['objectives'].filter |$each| { $each['spent'] > $each['allowed'] }.map |$each| { $each['text'] }
    ($lost - $state['lost']).each |$text| { out::message("${text} cannot hold any more") }
    $lost_since = $lost.empty ? { true => undef, default => $state['lost_since'].lest || { $round } }
    if $until_lost and $lost_since =~ NotUndef and $round - $lost_since == $minute {
      out::message("Stopping ${id}, whose outcome is known")
      run_task('clone_army::load_stop', $targets, 'Stop the load test', 'id' => $id, '_catch_errors' => true)
    }

    $active = $known.filter |$name, $host| { !($name in $silent) and $host['state'] in ['waiting', 'running', 'draining'] }
    $waits  = $active.empty ? { true => $state['waits'] + 1, default => 0 }
    if $active.empty and ($silent.empty or $waits > $minute) {
      return undef
    }

    if $live and $round % $minute == 0 {
      run_plan('clone_army::private::load_results', 'targets' => $targets, 'id' => $id, 'report' => $report, '_catch_errors' => true)
    }
    # Answers take their time, too.
    ctrl::sleep(max(1, $interval - Integer(Float(Timestamp() - $asked))))

    # A minute of them, for rates that neither jump nor lag.
    $all   = $state['earlier'] << $progress
    $after = {
      'hosts'      => $known,
      'earlier'    => $all[max(0, $all.length - $minute), $minute],
      'silent'     => $silent,
      'lost'       => $lost,
      'lost_since' => $lost_since,
      'waits'      => $waits,
    }
    $after
  }
}
