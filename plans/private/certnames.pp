# @summary Asks hosts for the certnames of their clones
#
# @param targets
#   Hosts with a fleet
#
# @param selection
#   Parameters of the task that select clones. Default: none.
#
# @param left
#   Whether to include clones that left the fleet and still have an overlay
#
# @param fleetless
#   Whether hosts may be without a fleet
#
# @return [Array[Hash]] For each target: its name as `host`, and its `certnames` or an `error`
#
# @api private
plan clone_army::private::certnames (
  TargetSpec            $targets,
  Hash[String[1], Data] $selection = {},
  Boolean               $left      = false,
  Boolean               $fleetless = false,
) {
  $status = run_task('clone_army::status', get_targets($targets), 'Get the names of the clones', $selection + {
    'detail'        => true,
    '_catch_errors' => true,
  })

  return $status.map |$result| {
    if $result.ok {
      $present   = $selection.empty ? { true => [], default => $result['clones'].map |$clone| { $clone['name'] } }
      $leavers   = $left ? { true => $result['left'].lest || { [] }, default => [] }
      $certnames = ($present + $leavers).map |$name| { "${name}.${result['host']}" }

      run_plan('clone_army::private::assert_certnames', 'host' => $result.target.name, 'names' => $certnames)
      $answer = { 'host' => $result.target.name, 'certnames' => $certnames }
    } elsif $fleetless and $result.error =~ Error['clone_army/no-fleet'] {
      $answer = { 'host' => $result.target.name, 'certnames' => [] }
    } else {
      $answer = { 'host' => $result.target.name, 'error' => { 'kind' => $result.error.kind, 'msg' => $result.error.msg } }
    }
    $answer
  }
}
