# @summary Has a host make the report of a load test, and brings it to this machine
#
# @param target
#   The host
#
# @param id
#   Name of the test
#
# @param parts
#   Folder on this machine with the reduced records of all hosts
#
# @param remote
#   Folder on the host for the report
#
# @param folder
#   Folder on this machine for the report
#
# @param allow
#   Whether the result stands although the load hosts were the bottleneck
#
# @return [Hash[String[1], Data]] What the task `load_report` answers, with `files` on this machine
#
# @api private
plan clone_army::private::load_report (
  Target              $target,
  Clone_army::Test_id $id,
  String[1]           $parts,
  String[1]           $remote,
  String[1]           $folder,
  Boolean             $allow,
) {
  # Bolt uploads into a folder that exists, instead of replacing it.
  $steps = catch_errors() || {
    run_command("rm -rf '${remote}'", $target, 'Remove the report before')
    upload_file($parts, $remote, $target, 'Put the records of all hosts together')
    clone_army::move_files($parts, $folder)
    $report     = run_task('clone_army::load_report', $target, 'Make the report', {
      'folder'                     => $remote,
      'allow_load_host_bottleneck' => $allow,
    }).first
    $downloaded = download_file($remote, "clone_army/${id}/report", $target, 'Get the report').first
    $files      = clone_army::move_files($downloaded['path'], $folder)
    $done       = $report.value.filter |$key, $_| { $key != '_output' } + { 'files' => $files }
    $done
  }

  if $steps =~ Error {
    fail_plan(
      "${target.name} could not make the report of the load test ${id}: ${clone_army::reason($steps)}. The records are kept; \
the plan clone_army::load_result tries again",
      'clone_army/report-failed',
      { 'id' => $id },
    )
  }

  return $steps
}
