# @summary Combines the results of the plan's steps into a report for each target
#
# @param targets
#   All hosts, in the order of the report
#
# @param steps
#   Results of the plan's steps by name, in order; the last one, `status`, is from the task `clone_army::status`
#
# @return [Array[Hash[String[1], Data]]] As returned by the plan `clone_army::deploy`
#
# @api private
plan clone_army::private::report (
  TargetSpec                 $targets,
  Hash[String[1], ResultSet] $steps,
) {
  return get_targets($targets).map |$target| {
    $status = $steps['status'].ok_set.find($target.name).then |$result| {
      {
        'certname' => $result['host'],
        'server'   => $result['server'],
        'clones'   => $result['totals']['clones'],
        'running'  => $result['totals']['running'],
        'failed'   => $result['totals']['failed'],
      }
    }

    # A failed step makes later steps fail or skip the target.
    $failures = $steps.map |$step, $set| { [$step, $set.error_set.find($target.name)] }.filter |$pair| { $pair[1] =~ NotUndef }
    $error = $failures[0].then |$pair| {
      {
        'error' => {
          'step'    => $pair[0],
          'kind'    => $pair[1].error.kind,
          'msg'     => $pair[1].error.msg,
          'details' => $pair[1].error.details,
        },
      }
    }

    [{ 'host' => $target.name }, $status, $error].filter |$part| { $part =~ Hash }.reduce |$all, $part| { $all + $part }
  }
}
