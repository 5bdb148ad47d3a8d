# @summary Removes the fleet from all targets in parallel
#
# @param targets
#   Hosts with known facts
#
# @param purge
#   Whether to remove images and overlays, too
#
# @return [ResultSet] Results of all targets
#
# @api private
plan clone_army::private::absent (
  TargetSpec $targets,
  Boolean    $purge,
) {
  return apply($targets, '_catch_errors' => true, '_description' => 'Remove the fleet') {
    class { 'clone_army':
      ensure => 'absent',
      purge  => $purge,
    }
  }
}
