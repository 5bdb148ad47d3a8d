# The design that the benchmark compares with: a define per clone, with its own folders, mount unit and services.

define plain_clone (
  String[1] $base,
) {
  $state   = '/var/lib/puppet-clone-army'
  $overlay = "${state}/${title}-overlay"
  $work    = "${state}/${title}-workdir"
  $root    = "/var/lib/machines/${title}"
  $unit    = "var-lib-machines-${title}.mount"

  file { [$overlay, "${overlay}/etc", $work, $root]:
    ensure => directory,
  }

  file { "${overlay}/etc/hostname":
    content => "${title}.${facts['networking']['fqdn']}\n",
  }

  $mount = @("UNIT")
    [Unit]
    StopWhenUnneeded=yes
    [Mount]
    What=overlay
    Type=overlay
    Where=${root}
    Options=lowerdir=${state}/${base},upperdir=${overlay},workdir=${work}
    [Install]
    RequiredBy=plain-army@${title}.service
    | UNIT

  file { "/etc/systemd/system/${unit}":
    content => $mount,
  }

  service { $unit:
    enable  => true,
    require => File["/etc/systemd/system/${unit}"],
  }

  service { "plain-army@${title}.service":
    enable  => true,
    require => Service[$unit],
  }
}

$service = @(UNIT)
  [Unit]
  RequiresMountsFor=/var/lib/machines/%i
  PartOf=plain-army.target
  [Service]
  Type=notify
  ExecStart=/usr/bin/systemd-nspawn --quiet --keep-unit --boot --settings=no --link-journal=no --machine=%i
  KillMode=mixed
  SuccessExitStatus=133
  Slice=machine.slice
  Delegate=yes
  TasksMax=16384
  [Install]
  WantedBy=plain-army.target
  | UNIT

file { '/etc/systemd/system/plain-army@.service':
  content => $service,
}

file { '/etc/systemd/system/plain-army.target':
  content => "[Unit]\nDescription=Clones of a plain design\n",
}

File['/etc/systemd/system/plain-army@.service'] -> Plain_clone <| |>

# The benchmark prepends $base and $clones.
$clones.each |$clone| {
  plain_clone { $clone:
    base => $base,
  }
}
