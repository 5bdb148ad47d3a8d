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
#   How the agent gets into the image. Default: the first of the module's
#   flavours that has agents for the image.
#
# @param version
#   Version of the agent, or its beginning (`8`, `8.10`, `8.10.0`): the newest
#   that begins so. Flavours of a vendor take the repository of the major
#   version, 8 unless another is asked for.
#
# @param repository
#   Where the flavour has the agent from, in place of its vendor: a copy of the
#   vendor's repository with its release packages, a source of gems, or the
#   folder that an installer is in.
#
# @param credentials
#   What opens the vendor's repository: `username` and `password`. They do not
#   stay in the image.
#
# @param gem
#   Name of the gem, for a flavour that installs one. Default: `openvox`.
#
# @param verify_server
#   Whether to verify the server that an installer comes from, by `ca` or else
#   by the certificate that the node's own agent has of its CA.
#
# @param ca
#   Certificate of the CA of `server`, in PEM format. It stays in the image, so
#   that clones need not take the first one that they are offered.
#
# @param packages
#   Packages of the image's distribution to install beside the agent.
#
# @param local_packages
#   Packages in files on the node (.deb or .rpm) to install after the agent, or
#   that bring it, where the flavour has no agent of its own. A file that
#   changes has the image built anew.
#
# @param puppet_settings
#   Settings for puppet.conf, by section. What makes a clone the clone it is
#   (server, certname) and `usecacheonfailure`, which would hide a failing
#   server, are not among them.
#
# @param csr_attributes
#   What clones put into their certificate signing requests:
#   `custom_attributes` and `extension_requests`.
#
# @param setup
#   Scripts to run in the image, one after the other, when the agent is in it:
#   their texts, such as `file('profile/setup.sh')`. Without a first line that
#   names an interpreter, the shell runs them. One that fails fails the build.
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
  Clone_army::Certname                         $server,
  String[1]                                    $image           = clone_army::host_image(),
  Optional[Clone_army::Flavour]                $flavour         = $clone_army::flavour,
  Optional[Clone_army::Version]                $version         = undef,
  Optional[Clone_army::Mirror]                 $repository      = undef,
  Optional[Sensitive[Clone_army::Credentials]] $credentials     = undef,
  Optional[Clone_army::Gem]                    $gem             = undef,
  Optional[Boolean]                            $verify_server   = undef,
  Optional[Clone_army::Certificate]            $ca              = undef,
  Array[Clone_army::Package]                   $packages        = [],
  Array[Clone_army::Local_file]                $local_packages  = [],
  Clone_army::Puppet_settings                  $puppet_settings = {},
  Clone_army::Csr_attributes                   $csr_attributes  = {},
  Array[String[1]]                             $setup           = [],
  Clone_army::Root_password                    $root_password   = $clone_army::root_password,
  Optional[Clone_army::Mirror]                 $mirror          = undef,
  Clone_army::Timeout                          $timeout         = 3600,
) {
  unless $title =~ Clone_army::Name {
    fail(@("MESSAGE"/L$))
      Clone_army::Base[${title}]: the name of a base image is like "debian-13": words of lower-case letters and digits \
      joined by - or ., not ending in -overlay, -workdir, -building or -replaced
      |-MESSAGE
  }

  $system = clone_army::image($image)
  $agent  = clone_army::agent($title, $system, $flavour, {
    'version'        => $version,
    'repository'     => $repository,
    'credentials'    => $credentials,
    'gem'            => $gem,
    'verify_server'  => $verify_server,
    'local_packages' => $local_packages,
  })
  $definition = "/etc/puppet-clone-army/bases/${title}"
  $build_base = '/usr/local/libexec/puppet-clone-army/build-base'

  file { $definition:
    ensure  => directory,
    owner   => 'root',
    group   => 'root',
    mode    => '0700',
    # What is not said any more goes.
    recurse => true,
    purge   => true,
    force   => true,
    require => Class['clone_army::host'],
    before  => Exec["build base image ${title}"],
  }

  $file = {
    ensure => file,
    owner  => 'root',
    group  => 'root',
    mode   => '0600',
    before => Exec["build base image ${title}"],
  }

  $texts = {
    'definition'      => epp('clone_army/definition.epp', {
      'system'         => $system,
      'agent'          => $agent,
      'gem'            => $gem.lest || { 'openvox' },
      'server'         => $server,
      'verify_server'  => $verify_server.lest || { true },
      'packages'       => $packages,
      'local_packages' => $local_packages,
      'mirror'         => $mirror,
    }),
    'puppet.settings' => epp('clone_army/puppet.settings.epp', { 'settings' => $puppet_settings }),
    'ca.pem'          => $ca,
  }

  $secrets = {
    'root-password'       => $root_password.unwrap.lest || { '' },
    'credentials'         => $credentials.then |$pair| { "${pair.unwrap['username']}\n${pair.unwrap['password']}\n" },
    'csr_attributes.yaml' => $csr_attributes.empty ? {
      true    => undef,
      default => epp('clone_army/csr_attributes.yaml.epp', { 'csr_attributes' => $csr_attributes }),
    },
  }

  $texts.filter |$_, $content| { $content =~ NotUndef }.each |$name, $content| {
    file { "${definition}/${name}":
      content => $content,
      *       => $file,
    }
  }

  $secrets.filter |$_, $content| { $content =~ NotUndef }.each |$name, $content| {
    file { "${definition}/${name}":
      content   => Sensitive($content),
      show_diff => false,
      *         => $file,
    }
  }

  unless $setup.empty {
    file { "${definition}/setup":
      * => $file + { 'ensure' => directory, 'mode' => '0700' },
    }
    $setup.each |$i, $script| {
      file { sprintf("${definition}/setup/%03d", $i + 1):
        content => $script,
        *       => $file,
      }
    }
  }

  exec { "build base image ${title}":
    command   => "${build_base} ${title}",
    unless    => "${build_base} --check ${title}",
    timeout   => $timeout,
    logoutput => on_failure,
  }
}
