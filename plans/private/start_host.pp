# @summary Starts the clones of one host by running the task repeatedly, and reports progress after each run
#
# The first run starts all selected clones and returns after `interval` seconds.
# Each later run waits for the clones that are still pending. Clones that failed
# are not retried.
#
# @param host
#   A host with a fleet
#
# @param selection
#   Parameters of the task that select the clones to start
#
# @param timeout
#   Maximum duration of all runs together, in seconds
#
# @param interval
#   Maximum duration of one run, in seconds
#
# @return [Result] Like that of a single run of the task, but with only the failed clones in the list of clones
#
# @api private
plan clone_army::private::start_host (
  Target                $host,
  Hash[String[1], Data] $selection,
  Clone_army::Timeout   $timeout,
  Clone_army::Timeout   $interval,
) {
  $begin  = Timestamp()
  $runs   = ($timeout + $interval - 1) / $interval
  $before = { 'pending' => [], 'failed' => [], 'changed' => 0 }

  $end = Integer[1, $runs].reduce($before) |$state, $run| {
    if $run > 1 and $state['pending'].empty {
      $state
    } else {
      $wanted = $run ? { 1 => $selection, default => { 'clones' => $state['pending'] } }
      $result = run_task('clone_army::start', $host, $wanted + {
        'timeout'       => min($interval, $timeout - $interval * ($run - 1)),
        'detail'        => true,
        '_catch_errors' => true,
      }).first

      if $result['totals'] =~ Undef {
        # The task failed before it started any clone.
        return $result
      }

      $pending = $result.error ? {
        Error['clone_army/timeout'] => $result.error.details['pending'],
        default                     => [],
      }
      $failed  = $state['failed'] + ($result['clones'].filter |$clone| {
        $clone['result'] == 'failed' and !($clone['name'] in $pending)
      })
      $clones  = $state['clones'].lest || { $result['totals']['clones'] }
      # Only the first run counts: clones that are in sync in a later one were started by this plan.
      $in_sync = $state['in_sync'].lest || { $result['totals']['in_sync'] }
      $changed = $clones - $in_sync - $failed.length - $pending.length

      $seconds = Float(Timestamp() - $begin)
      $rate    = $changed / max($seconds, 1.0)
      $counts  = "${$in_sync + $changed} of ${clones} clones running, ${failed.length} failed, ${pending.length} pending"
      $outlook = ($pending.empty or $changed == 0) ? {
        true    => '',
        default => "; ${sprintf('%.1f', $rate)} per second, about ${Integer($pending.length / $rate)} s left",
      }
      out::message("${host.name}: ${counts}${outlook}")

      $after = { 'clones' => $clones, 'in_sync' => $in_sync, 'changed' => $changed, 'failed' => $failed, 'pending' => $pending }
      $after
    }
  }

  $unstarted = $end['failed'].length + $end['pending'].length
  $names     = ($end['failed'].map |$clone| { $clone['name'] }) + $end['pending']
  $value     = {
    'totals' => { 'clones' => $end['clones'], 'changed' => $end['changed'], 'in_sync' => $end['in_sync'], 'failed' => $unstarted },
    'clones' => $end['failed'],
  }
  if $unstarted == 0 {
    return Result($host, $value)
  }

  $summary = "${unstarted} of ${end['clones']} clones did not start"
  $why     = $end['failed'][0, 3].map |$clone| { "${clone['name']}: ${clone['message']}" }
  $late    = "After ${timeout} s, ${end['pending'].length} are still pending; check with clone_army::status, or raise timeout"
  $error   = $end['pending'].empty ? {
    true    => { 'kind' => 'clone_army/clones-failed', 'msg' => "${summary}. ${why.join('; ')}" },
    default => { 'kind' => 'clone_army/timeout', 'msg' => "${summary}. ${late}" },
  }

  return Result($host, $value + { '_error' => $error + { 'details' => { 'failed' => $names, 'pending' => $end['pending'] } } })
}
