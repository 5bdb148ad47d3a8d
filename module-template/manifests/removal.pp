# @summary Removes the fleet and all that the class has put on the host
#
# One script does it, because the order matters: clones stop before their units and
# limits go. It comes with the catalog rather than as a file, so that it leaves
# nothing behind and works after an interrupted removal. Packages stay.
#
# @param purge
#   Whether to remove images and overlays, too
#
# @api private
class clone_army::removal (
  Boolean $purge,
) {
  # The label is removed where the class would add it.
  $labels = $facts.dig('os', 'selinux', 'enabled') and lookup('clone_army::selinux::ensure', 'default_value' => 'unmanaged') == 'present'
  $options = {
    ' --purge'   => $purge,
    ' --selinux' => $labels,
  }.filter |$_, $is_set| { $is_set }.keys.join

  # In a variable of the environment, because Puppet prints a command that fails.
  $command = "/bin/sh -c \"\$REMOVE_FLEET\" remove-fleet${options}"

  exec { 'remove the fleet':
    command     => $command,
    unless      => "${command} --check",
    environment => "REMOVE_FLEET=${file('clone_army/remove-fleet')}",
    path        => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    timeout     => 3600,
    logoutput   => on_failure,
  }
}
