# @summary Limits of the host that a fleet of this size would exceed
#
# The kernel's limits are raised to what the fleet needs, and never lowered. The
# others follow the size of the fleet, and this class comes after clone_army::fleet,
# which has then stopped the clones that left it.
#
# @param clones
#   Number of clones in the fleet
#
# @param share_memory
#   Whether clones share identical memory pages
#
# @api private
class clone_army::limits (
  Clone_army::Count $clones,
  Boolean           $share_memory = false,
) {
  $scripts = '/usr/local/libexec/puppet-clone-army'
  $file = {
    ensure => file,
    owner  => 'root',
    group  => 'root',
    mode   => '0644',
  }

  file { '/etc/puppet-clone-army/limits':
    content => epp('clone_army/limits.epp', { 'clones' => $clones, 'share_memory' => $share_memory }),
    before  => Exec['raise kernel limits'],
    *       => $file,
  }

  exec { 'raise kernel limits':
    command   => "${scripts}/raise-limits",
    unless    => clone_army::check("${scripts}/raise-limits", '--check'),
    logoutput => on_failure,
  }

  # Each clone makes one or two connections as root.
  file { '/etc/dbus-1/system.d/puppet-clone-army.conf':
    content => epp('clone_army/dbus.conf.epp', { 'clones' => $clones }),
    notify  => Exec['reload dbus'],
    *       => $file,
  }

  # Without a merged /usr, as on a Debian 11 upgraded from an older release, systemctl is only in /bin.
  exec { 'reload dbus':
    command     => '/bin/systemctl reload dbus.service',
    refreshonly => true,
  }

  $machined = '/etc/systemd/system/systemd-machined.service.d'

  file { $machined:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  file { "${machined}/puppet-clone-army.conf":
    content => epp('clone_army/machined.conf.epp', { 'clones' => $clones }),
    notify  => Exec['restart systemd-machined'],
    *       => $file,
  }

  # Safe while clones run: systemd-machined restores its list of machines.
  exec { 'restart systemd-machined':
    command     => '/bin/systemctl daemon-reload && /bin/systemctl try-restart systemd-machined.service',
    refreshonly => true,
  }
}
