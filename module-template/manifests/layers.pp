# @summary What clones have under their base image, by the mode in which agents run
#
# A layer of files for each mode, the same for all clones. All are there in every
# mode, because clones stand on theirs until they are started again in another one.
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

  # Before the others by its name, so that any that the image or a clone has counts.
  $journald = 'etc/systemd/journald.conf.d/00-puppet-clone-army.conf'
  $files = {
    "${state}/.service/${journald}"              => 'service/journald.conf',
    "${timer}/${journald}"                       => 'timer/journald.conf',
    "${units}/puppet-clone-army.target"          => 'timer/clone.target',
    "${units}/puppet-clone-army-run.service"     => 'timer/run.service',
    # Distributions have another folder for it than the project itself.
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

  # The timer itself is the clone's own: prepare-clone writes it with the clone's slot.
  file { "${units}/puppet-clone-army-run.timer":
    ensure => link,
    target => '/etc/puppet-clone-army-run.timer',
  }
}
