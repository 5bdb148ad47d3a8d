# @summary Packages and folders that a fleet needs on its host
#
# @param packages
#   Packages of the distribution that build base images and run containers
#
# @param nodejs_package
#   The distribution's Node.js
#
# @param flavours
#   Ways to get an agent into a base image, each with a script
#
# @api private
class clone_army::host (
  Array[String[1]] $packages,
  String[1]        $nodejs_package,
  Array[String[1]] $flavours,
) {
  $scripts = '/usr/local/libexec/puppet-clone-army'
  $nodejs = $clone_army::manage_nodejs ? {
    true    => [$nodejs_package],
    default => [],
  }

  package { $packages + $nodejs:
    ensure => installed,
  }

  # Overlays and merged roots hold the clones' private keys.
  file { ['/var/lib/puppet-clone-army', '/var/lib/machines']:
    ensure  => directory,
    owner   => 'root',
    group   => 'root',
    mode    => '0700',
    require => Package[$packages],
  }

  $folders = [
    '/etc/puppet-clone-army', '/etc/puppet-clone-army/bases',
    '/usr/local/libexec', $scripts, "${scripts}/bootstrap", "${scripts}/flavours",
  ]

  file { $folders:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  $bootstrappers = lookup('clone_army::images', Hash[String[1], Clone_army::Image]).map |$_, $image| { $image['bootstrapper'] }
  $files = [
    'common.sh', 'build-base', 'prepare-clone', 'raise-limits', 'reload-fleet',
    $bootstrappers.unique.map |$name| { "bootstrap/${name}.sh" },
    $flavours.map |$name| { "flavours/${name}.sh" },
  ].flatten

  $files.each |$file| {
    file { "${scripts}/${file}":
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0755',
      content => file("clone_army/${file}"),
    }
  }
}
