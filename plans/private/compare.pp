# @summary Has a host compare results of load tests, and brings the comparison to this machine
#
# @param target
#   The host
#
# @param sides
#   Paths of results on this machine: `before` and `after`
#
# @param parameters
#   More parameters of the task
#
# @param folder
#   Folder on this machine for the comparison
#
# @return [Hash[String[1], Data]] `passed`, `summary` and `files`
#
# @api private
plan clone_army::private::compare (
  Target                                                $target,
  Struct[{ 'before' => Array[String[1], 1], 'after' => Array[String[1], 1] }] $sides,
  Hash[String[1], Data]                                 $parameters,
  String[1]                                             $folder,
) {
  $scratch = strip(run_command('mktemp -d', $target, 'Make a folder for the results').first['stdout'])

  $compared = catch_errors() || {
    $remote = Hash($sides.map |$side, $paths| {
      $uploaded = $paths.map |$index, $path| {
        $copy = "${scratch}/${side}-${index}.json"
        upload_file(clone_army::local_path($path), $copy, $target, "Put ${path} there")
        $copy
      }
      [$side, $uploaded]
    })
    $results  = "${scratch}/comparison"
    $verdict  = run_task('clone_army::load_compare', $target, 'Compare', $parameters + $remote + { 'folder' => $results }).first
    $download = download_file($results, 'clone_army/comparison', $target, 'Get the comparison').first
    $done     = {
      'passed'  => $verdict['passed'],
      'summary' => $verdict['summary'],
      'files'   => clone_army::move_files($download['path'], clone_army::local_path($folder)),
    }
    $done
  }
  run_command("rm -rf '${scratch}'", $target, 'Remove the folder', '_catch_errors' => true)

  if $compared =~ Error {
    fail_plan("${target.name} could not compare the results: ${clone_army::reason($compared)}", 'clone_army/compare-failed')
  }

  return $compared
}
