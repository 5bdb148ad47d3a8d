# @summary Packages, folders and scripts that a host needs to run a fleet
#
# @param packages
#   Packages for running containers
#
# @param bootstrappers
#   Packages for bootstrapping images: by the bootstrapper of the image, then by
#   its operating system
#
# @param nodejs_package
#   Package with the distribution's Node.js
#
# @param nodejs_stream
#   Module stream to install Node.js from, if the distribution has modules
#
# @api private
class clone_army::host (
  Array[String[1]]                                   $packages,
  Hash[String[1], Hash[String[1], Array[String[1]]]] $bootstrappers,
  String[1]                                          $nodejs_package,
  Optional[String[1]]                                $nodejs_stream = undef,
) {
  $scripts  = '/usr/local/libexec/puppet-clone-army'
  $images   = clone_army::usable_images().values
  $flavours = lookup('clone_army::flavours', Hash[String[1], Hash]).map |$_, $flavour| { $flavour['script'] }
  $needed   = ($packages + $images.map |$image| { $bootstrappers[$image['bootstrapper']][$image['os']] }).flatten.unique

  if $clone_army::manage_packages {
    clone_army::host_packages { 'host':
      packages => $needed,
    }
  }

  if $clone_army::manage_packages and $clone_army::manage_nodejs {
    $nodejs = $nodejs_stream ? {
      undef   => { ensure => installed },
      default => { ensure => $nodejs_stream, provider => 'dnfmodule' },
    }
    clone_army::host_packages { 'tasks':
      packages   => [$nodejs_package],
      attributes => $nodejs,
    }
  }

  # Overlays and merged roots contain the clones' private keys.
  file { ['/var/lib/puppet-clone-army', '/var/lib/machines']:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0700',
  }

  # Whoever declares the packages.
  $needed.each |$package| {
    Package <| title == $package |> -> Exec['check the state folder']
  }

  # Otherwise images and overlays would be written below the place where their file system is mounted later.
  exec { 'check the state folder':
    command   => "${scripts}/check-state",
    unless    => clone_army::check("${scripts}/check-state"),
    logoutput => on_failure,
    require   => File["${scripts}/common.sh", "${scripts}/disk.sh", "${scripts}/check-state"],
    before    => File['/var/lib/puppet-clone-army', '/var/lib/machines'],
  }

  # Definitions of bases that are not declared any more are removed, without a copy, because they contain passwords.
  file { '/etc/puppet-clone-army/bases':
    ensure  => directory,
    owner   => 'root',
    group   => 'root',
    mode    => '0755',
    recurse => true,
    purge   => true,
    force   => true,
    backup  => false,
  }

  $folders = [
    '/etc/puppet-clone-army',
    '/usr/local/libexec', $scripts, "${scripts}/bootstrap", "${scripts}/compiled", "${scripts}/flavours",
  ]

  file { $folders:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  $files = [
    'common.sh', 'disk.sh', 'proxy.sh', 'apt-sources.sh', 'image.sh', 'agent.sh', 'bootstrapped-systems.sh',
    'interrupted-builds.sh', 'previous-images.sh', 'overlays.sh', 'patches.sh', 'reset.sh',
    'build-base', 'check-ca', 'check-fleet', 'check-state', 'label-nspawn', 'preload.rb', 'prepare-clone', 'purge-clones',
    'raise-limits', 'reload-fleet',
    'compiled/compile-agent', 'compiled/compile.rb', 'compiled/known_gems.rb', 'compiled/load.rb', 'compiled/record.rb',
    $images.map |$image| { "bootstrap/${image['bootstrapper']}.sh" }.unique,
    $flavours.filter |$script| { $script =~ NotUndef }.unique.map |$script| { "flavours/${script}.sh" },
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

  if $facts.dig('os', 'selinux', 'enabled') {
    contain clone_army::selinux
    Exec['check the state folder'] -> File["${scripts}/label-nspawn"] -> Class['clone_army::selinux']
  }

  # It would list every clone after an update of the host, or restart it.
  if $facts.dig('clone_army', 'needrestart') {
    file { '/etc/needrestart/conf.d/puppet-clone-army.conf':
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      content => file('clone_army/needrestart.conf'),
    }
  }
}
