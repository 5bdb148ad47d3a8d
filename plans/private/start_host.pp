# @summary Starts clones of one host by turns of the task, and tells after each how far it is
#
# Each turn is about the clones that the one before it left under way, so that
# those that failed stay as they are.
#
# @param host
#   A host with a fleet
#
# @param selection
#   Parameters of the task that say which clones to start
#
# @param timeout
#   Seconds that it may take in all
#
# @param interval
#   Seconds of a turn
#
# @return [Result] As of a single run of the task, but for the list of clones, which has only those that failed
#
# @api private
plan clone_army::private::start_host (
  Target                $host,
  Hash[String[1], Data] $selection,
  Clone_army::Timeout   $timeout,
  Clone_army::Timeout   $interval,
) {
  $begin  = Timestamp()
  $turns  = ($timeout + $interval - 1) / $interval
  $before = { 'pending' => [], 'failed' => [], 'changed' => 0 }

  $end = Integer[1, $turns].reduce($before) |$state, $turn| {
    if $turn > 1 and $state['pending'].empty {
      $state
    } else {
      $wanted = $turn ? { 1 => $selection, default => { 'clones' => $state['pending'] } }
      $result = run_task('clone_army::start', $host, $wanted + {
        'timeout'       => min($interval, $timeout - $interval * ($turn - 1)),
        'detail'        => true,
        '_catch_errors' => true,
      }).first

      if $result['totals'] =~ Undef {
        # It did not come to starting anything.
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
      # What ran already in a later turn came up between the two.
      $in_sync = $state['in_sync'].lest || { $result['totals']['in_sync'] }
      $changed = $clones - $in_sync - $failed.length - $pending.length

      $seconds = Float(Timestamp() - $begin)
      $rate    = $changed / max($seconds, 1.0)
      $counts  = "${$in_sync + $changed} of ${clones} clones run, ${failed.length} failed, ${pending.length} to go"
      $outlook = ($pending.empty or $changed == 0) ? {
        true    => '',
        default => "; ${sprintf('%.1f', $rate)} a second, about ${Integer($pending.length / $rate)} s left",
      }
      out::message("${host.name}: ${counts}${outlook}")

      $after = { 'clones' => $clones, 'in_sync' => $in_sync, 'changed' => $changed, 'failed' => $failed, 'pending' => $pending }
      $after
    }
  }

  $lost  = $end['failed'].length + $end['pending'].length
  $names = ($end['failed'].map |$clone| { $clone['name'] }) + $end['pending']
  $value = {
    'totals' => { 'clones' => $end['clones'], 'changed' => $end['changed'], 'in_sync' => $end['in_sync'], 'failed' => $lost },
    'clones' => $end['failed'],
  }
  if $lost == 0 {
    return Result($host, $value)
  }

  $some   = "${lost} of ${end['clones']} clones are not started"
  $why    = $end['failed'][0, 3].map |$clone| { "${clone['name']}: ${clone['message']}" }
  $error  = $end['pending'].empty ? {
    true    => { 'kind' => 'clone_army/clones-failed', 'msg' => "${some}. ${why.join('; ')}" },
    default => {
      'kind' => 'clone_army/timeout',
      'msg'  => "${some}. After ${timeout} s ${end['pending'].length} are not through; ask clone_army::status, or wait longer with timeout",
    },
  }

  return Result($host, $value + { '_error' => $error + { 'details' => { 'failed' => $names, 'pending' => $end['pending'] } } })
}
