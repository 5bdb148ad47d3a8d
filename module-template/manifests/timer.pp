# @summary What clones have under their base image where agents run by timer
#
# A layer of files, the same for all clones. It is there in every mode, because
# clones stand on it until they are started again in another one.
#
# @api private
class clone_army::timer {
  $layer = '/var/lib/puppet-clone-army/.timer'
  $units = "${layer}/etc/systemd/system"
  $share = "${layer}/usr/share/puppet-clone-army"

  $folders = [
    $layer, "${layer}/etc",
    "${layer}/etc/facter", "${layer}/etc/puppetlabs", "${layer}/etc/puppetlabs/facter",
    "${layer}/etc/systemd", "${layer}/etc/systemd/journald.conf.d", $units,
    "${layer}/usr", "${layer}/usr/share", $share,
  ]

  file { $folders:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  $files = {
    "${units}/puppet-clone-army.target"                             => 'clone.target',
    "${units}/puppet-clone-army-run.service"                        => 'run.service',
    "${layer}/etc/systemd/journald.conf.d/50-puppet-clone-army.conf" => 'journald.conf',
    # Distributions have another folder for it than the project itself.
    "${layer}/etc/facter/facter.conf"                               => 'facter.conf',
    "${layer}/etc/puppetlabs/facter/facter.conf"                    => 'facter.conf',
  }

  $files.each |$path, $source| {
    file { $path:
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      content => file("clone_army/timer/${source}"),
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
