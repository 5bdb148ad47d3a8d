# @summary A base image: a system with an agent in it, for clones to stand on
#
# Built aside and moved into place, so that an interrupted build leaves nothing
# that looks finished. A changed definition is built anew beside the old image,
# which stays as `<name>-replaced`; running clones keep it until they are
# started again. An edited image is not touched while its definition stays.
#
# The class `clone_army` declares the one that it needs; declare more beside it
# to have several on the node.
#
# @example Another image, ready on the node
#   clone_army::base { 'web':
#     image    => 'debian-13',
#     server   => 'puppet.example.com',
#     packages => ['nginx'],
#   }
#
# @param server
#   Certname of the server that clones on this image check in with.
#
# @param image
#   The system in the image: a key of the Hiera hash `clone_army::images`.
#
# @param flavour
#   How the agent gets into the image.
#
# @param packages
#   Packages of the image's distribution to install beside the agent.
#
# @param puppet_settings
#   Settings for puppet.conf, by section. What makes a clone the clone it is
#   (server, certname) and `usecacheonfailure`, which would hide a failing
#   server, are not among them.
#
# @param root_password
#   Password of `root`; `Sensitive(undef)` locks the account.
#
# @param mirror
#   Package archive for the image. Default: where the node has its packages from.
#
# @param timeout
#   Seconds that a build may take.
#
define clone_army::base (
  Clone_army::Certname         $server,
  String[1]                    $image           = clone_army::host_image(),
  Clone_army::Flavour          $flavour         = $clone_army::flavour,
  Array[Clone_army::Package]   $packages        = [],
  Clone_army::Puppet_settings  $puppet_settings = {},
  Clone_army::Root_password    $root_password   = $clone_army::root_password,
  Optional[Clone_army::Mirror] $mirror          = undef,
  Clone_army::Timeout          $timeout         = 3600,
) {
  unless $title =~ Clone_army::Name {
    fail(@("MESSAGE"/L$))
      Clone_army::Base[${title}]: the name of a base image is like "debian-13": words of lower-case letters and digits \
      joined by - or ., not ending in -overlay, -workdir, -building or -replaced
      |-MESSAGE
  }

  $definition = "/etc/puppet-clone-army/bases/${title}"
  $build_base = '/usr/local/libexec/puppet-clone-army/build-base'

  file { $definition:
    ensure  => directory,
    owner   => 'root',
    group   => 'root',
    mode    => '0700',
    require => Class['clone_army::host'],
  }

  $file = {
    ensure => file,
    owner  => 'root',
    group  => 'root',
    mode   => '0600',
    before => Exec["build base image ${title}"],
  }

  file { "${definition}/definition":
    content => epp('clone_army/definition.epp', {
      'system'   => clone_army::image($image),
      'flavour'  => $flavour,
      'server'   => $server,
      'packages' => $packages,
      'mirror'   => $mirror,
    }),
    *       => $file,
  }

  file { "${definition}/puppet.settings":
    content => epp('clone_army/puppet.settings.epp', { 'settings' => $puppet_settings }),
    *       => $file,
  }

  file { "${definition}/root-password":
    content   => Sensitive($root_password.unwrap.lest || { '' }),
    show_diff => false,
    *         => $file,
  }

  exec { "build base image ${title}":
    command   => "${build_base} ${title}",
    unless    => "${build_base} --check ${title}",
    timeout   => $timeout,
    logoutput => on_failure,
  }
}
