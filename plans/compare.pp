# @summary Compares the results of load tests, and says whether the server got slower
#
# A figure counts as regressed only where it is worse by more than the bound, and
# where the confidence interval of the difference says that this is no coincidence.
# The plan fails if a figure regressed. Several results of each side give narrower
# intervals.
#
# @example Before and after an upgrade
#   bolt plan run clone_army::compare --targets load1 before=a/result.json after=b/result.json max_regression=10
#
# @example Two base images within one test
#   bolt plan run clone_army::compare --targets load1 before=a/result.json before_group=openvox-8 after_group=openvox-9
#
# @param targets
#   A host with a fleet, which does the arithmetic. Only the first is used.
#
# @param before
#   Paths of one or more results (`result.json`) on this machine
#
# @param after
#   The same for the other side. Default: the results in `before`, to compare groups
#   of clones within them.
#
# @param before_group
#   Base image whose clones are the first side. Default: all.
#
# @param after_group
#   Base image whose clones are the other side. Default: all.
#
# @param max_regression
#   Percentage by which a figure may be worse
#
# @param folder
#   Folder on this machine for the comparison. Default: `load-tests/compare-<time>`
#   below the working directory.
#
# @return [Hash[String[1], Data]]
#   `passed`, `summary` and `files`, the paths of the comparison on this machine. If the
#   plan fails, they are in the error's details.
plan clone_army::compare (
  TargetSpec                                        $targets,
  Variant[String[1], Array[String[1], 1]]           $before,
  Optional[Variant[String[1], Array[String[1], 1]]] $after          = undef,
  Optional[Clone_army::Name]                        $before_group   = undef,
  Optional[Clone_army::Name]                        $after_group    = undef,
  Variant[Integer[0], Float[0.0]]                   $max_regression = 10,
  Optional[String[1]]                               $folder         = undef,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name a host with --targets, to do the arithmetic', 'clone_army/no-targets')
  }
  if $after =~ Undef and $before_group == $after_group {
    fail_plan(
      'there is nothing to compare; name other results with after, or two groups with before_group and after_group',
      'clone_army/no-results',
    )
  }

  $sides   = { 'before' => [$before].flatten, 'after' => [$after.lest || { $before }].flatten }
  $missing = $sides.values.flatten.map |$path| { clone_army::local_path($path) }.filter |$path| { !file::exists($path) }
  unless $missing.empty {
    fail_plan("there is no ${missing.unique.join(', no ')}; results are the files result.json of load tests", 'clone_army/no-results')
  }

  $comparison = without_default_logging() || {
    run_plan('clone_army::private::compare', {
      'target'     => $hosts[0],
      'sides'      => $sides,
      'parameters' => {
        'before_group'   => $before_group,
        'after_group'    => $after_group,
        'max_regression' => $max_regression,
      }.filter |$_, $value| { $value =~ NotUndef },
      'folder'     => $folder.lest || { "load-tests/compare-${strftime(Timestamp(), '%Y%m%d-%H%M%S')}" },
    })
  }

  out::message($comparison['summary'])
  out::message("Comparison: ${comparison['files'].join(', ')}")
  unless $comparison['passed'] {
    fail_plan('the server got slower; the table has the figures that regressed', 'clone_army/regressed', $comparison)
  }

  return $comparison
}
