# @summary Applies the class to all targets at once
#
# @param targets
#   Hosts whose facts are known
#
# @param parameters
#   Parameters of the class `clone_army`
#
# @return [ResultSet] What became of each target
#
# @api private
plan clone_army::private::apply (
  TargetSpec           $targets,
  Hash[String[1], Any] $parameters,
) {
  $names = get_targets($targets).map |$target| { $target.name }
  unless $names.empty {
    out::message("Building the fleets of ${names.join(', ')}; a base image takes minutes")
  }

  return apply($targets, '_catch_errors' => true, '_description' => 'Apply class clone_army') {
    class { 'clone_army':
      * => $parameters,
    }
  }
}
