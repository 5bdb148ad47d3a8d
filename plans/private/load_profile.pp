# @summary Reads the profile of a load test on this machine, and has a host check it
#
# @param targets
#   Load hosts, the first of which checks the profile
#
# @param profile
#   Path of a file, or the name of one of the module's profiles
#
# @param seed
#   Replaces the seed of the profile
#
# @return [Hash[String[1], Data]]
#   As the task `load_profile` answers: `profile` with all defaults, and `search` if it is that of a search
#
# @api private
plan clone_army::private::load_profile (
  TargetSpec           $targets,
  String[1]            $profile,
  Optional[Integer[0]] $seed = undef,
) {
  $path = clone_army::local_path($profile)
  $own  = "clone_army/profiles/${profile.regsubst(/\.yaml\z/, '')}.yaml"

  if file::exists($path) {
    $file = $path
  } elsif $profile !~ /\// and file::exists($own) {
    $file = $own
  } else {
    $files = dir::children('clone_army/files/profiles').filter |$name| { $name =~ /\.yaml\z/ }
    $names = $files.map |$name| { $name.regsubst(/\.yaml\z/, '') }
    fail_plan(
      "there is no profile \"${profile}\": ${path} does not exist, and the module's own profiles are ${names.sort.join(', ')}",
      'clone_army/no-profile',
    )
  }

  $host   = get_targets($targets)[0]
  $common = { 'profile' => file::read($file), 'file' => $profile, 'seed' => $seed }.filter |$_, $value| { $value =~ NotUndef }
  $before = { 'missing' => [] }

  # Only the task can tell which other files the profile names.
  $answer = [1, 2].reduce($before) |$state, $round| {
    if $round == 2 and $state['missing'].empty {
      $state
    } else {
      $texts   = Hash($state['missing'].map |$name| {
        [$name, run_plan('clone_army::private::load_file', 'profile' => $file, 'name' => $name)]
      })
      $checked = run_task('clone_army::load_profile', $host, 'Check the profile', $common + {
        'files'         => $texts,
        '_catch_errors' => true,
      }).first
      unless $checked.ok {
        fail_plan($checked.error.msg, $checked.error.kind, $checked.error.details)
      }
      $checked.value
    }
  }

  return $answer
}
