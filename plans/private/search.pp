# @summary Runs the load tests of a search for the highest load, and writes `capacity.json` after each
#
# @param targets
#   Load hosts, the first of which chooses the loads
#
# @param search
#   Parameters of the task `load_search`, without `history`
#
# @param id
#   Beginning of the names of the tests
#
# @param folder
#   Folder on this machine for the results
#
# @param test
#   More parameters of the plan `clone_army::private::load_run`
#
# @param server
#   The Puppet server that runs the CA, for certificates that churn leaves there
#
# @return [Hash[String[1], Data]] `capacity` with the answer, and `steps` with the load and the outcome of each test
#
# @api private
plan clone_army::private::search (
  TargetSpec            $targets,
  Hash[String[1], Data] $search,
  Clone_army::Test_id   $id,
  String[1]             $folder,
  Hash[String[1], Data] $test,
  Optional[TargetSpec]  $server = undef,
) {
  # More than a search can have steps.
  Integer[1, 101].reduce([]) |$steps, $number| {
    $choice = run_task('clone_army::load_search', get_targets($targets)[0], 'Choose the next load', $search + {
      'history'       => $steps,
      '_catch_errors' => true,
    }).first
    unless $choice.ok {
      fail_plan($choice.error.msg, $choice.error.kind, { 'steps' => $steps })
    }

    $found = { 'capacity' => $choice['answer'], 'steps' => $steps }
    if $number == 1 {
      $minutes = $choice['planned']['seconds'] / 60
      out::message("The search takes at most ${choice['planned']['steps']} tests and ${minutes} minutes, and some for the results of each.")
    } else {
      file::write("${folder}/capacity.json", clone_army::json($found))
    }
    if $choice['done'] {
      return $found
    }

    out::message($choice['text'])
    $next   = $choice['next']
    $result = run_plan('clone_army::private::load_run', $test + {
      'targets'    => $targets,
      'profile'    => $next['profile'],
      'id'         => "${id}-${number}",
      'until_lost' => true,
      'report'     => { 'folder' => "${folder}/${number}" },
    })
    out::message($result['summary'])
    run_plan('clone_army::private::load_clean', 'churned' => $result['churned'], 'id' => $result['id'], 'server' => $server)

    $keep = ['id', 'passed', 'refused', 'bottleneck', 'uncertain', 'summary']
    $kept = $result.filter |$key, $_| { $key in $keep }
    $step = { 'runsPerMinute' => $next['runsPerMinute'], 'confirm' => $next['confirm'] } + $kept
    $steps << $step
  }
}
