# @summary The layers below the base image, one for each run mode
#
# Each is shared by all clones. The host has the layers of all modes at any time,
# because running clones keep the one of their mode until they are restarted.
#
# @api private
class clone_army::layers {
  $state = '/var/lib/puppet-clone-army'
  $timer = "${state}/.timer"
  $units = "${timer}/etc/systemd/system"
  $share = "${timer}/usr/share/puppet-clone-army"

  $common = ["${state}/.service", $timer].map |$layer| {
    [$layer, "${layer}/etc", "${layer}/etc/systemd", "${layer}/etc/systemd/journald.conf.d"]
  }
  $folders = $common.flatten + [
    "${timer}/etc/facter", "${timer}/etc/puppetlabs", "${timer}/etc/puppetlabs/facter",
    $units,
    "${timer}/usr", "${timer}/usr/share", $share,
  ]

  file { $folders:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  # Sorts first, so that drop-ins in the image or in an overlay take precedence.
  $journald = 'etc/systemd/journald.conf.d/00-puppet-clone-army.conf'
  $files = {
    "${state}/.service/${journald}"              => 'service/journald.conf',
    "${timer}/${journald}"                       => 'timer/journald.conf',
    "${units}/puppet-clone-army.target"          => 'timer/clone.target',
    "${units}/puppet-clone-army-run.service"     => 'timer/run.service',
    # Facter reads one or the other, depending on who packaged it.
    "${timer}/etc/facter/facter.conf"            => 'timer/facter.conf',
    "${timer}/etc/puppetlabs/facter/facter.conf" => 'timer/facter.conf',
  }

  $files.each |$path, $source| {
    file { $path:
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      content => file("clone_army/${source}"),
    }
  }

  file { "${share}/run-agent":
    ensure  => file,
    owner   => 'root',
    group   => 'root',
    mode    => '0755',
    content => file('clone_army/timer/run-agent'),
  }

  # prepare-clone writes the timer to the clone's overlay, because each clone has its own slot.
  file { "${units}/puppet-clone-army-run.timer":
    ensure => link,
    target => '/etc/puppet-clone-army-run.timer',
  }
}
