# @summary Applies the class to all targets in parallel
#
# @param targets
#   Hosts with known facts
#
# @param parameters
#   Parameters of the class `clone_army`
#
# @return [ResultSet] Results of all targets
#
# @api private
plan clone_army::private::apply (
  TargetSpec           $targets,
  Hash[String[1], Any] $parameters,
) {
  $names = get_targets($targets).map |$target| { $target.name }
  unless $names.empty {
    out::message("Building the fleets on ${names.join(', ')}; a base image takes several minutes")
  }

  return apply($targets, '_catch_errors' => true, '_description' => 'Apply class clone_army') {
    class { 'clone_army':
      * => $parameters,
    }
  }
}
