# @summary A base image: a system with a Puppet agent, which clones share
#
# The image is built in a folder of its own and then moved into place, so that
# an interrupted build is never mistaken for a finished one. When its definition
# changes, the image is rebuilt. The old image is kept as `<name>-replaced` until
# the next build, and longer if running clones use it, which they do until they are
# restarted. Edits that you make in an image stay until its definition changes.
#
# The class `clone_army` declares the base images of its fleet. Declare more to
# have them ready on the host.
#
# @example Another base image, ready on the host
#   clone_army::base { 'web':
#     image    => 'debian-13',
#     server   => 'puppet.example.com',
#     packages => ['nginx'],
#   }
#
# @param ensure
#   `absent` removes the definition, which contains passwords. The image stays
#   until you delete it, because clones may use it.
#
# @param server
#   Certname of the server that clones on this image check in with. Defaults to
#   the class's `master`.
#
# @param image
#   The system in the image: a key of the Hiera hash `clone_army::images`.
#   Defaults to the host's own system.
#
# @param flavour
#   Where the agent comes from. Defaults to the module's first flavour with
#   agents for the image.
#
# @param version
#   Version of the agent, or its beginning (`8`, `8.10`, `8.10.0`), which selects
#   the newest match. Vendor flavours use the repository of this major version,
#   8 by default.
#
# @param repository
#   Where to get the agent from instead of the vendor: a copy of the vendor's
#   repository with its release packages, a gem source, or the address of the
#   folder with the installer.
#
# @param allow_http
#   Whether `repository` may be an `http://` address. What comes from it runs as
#   root in the image, and nothing verifies it.
#
# @param credentials
#   `username` and `password` for the vendor's repository. They are removed from
#   the image when the agent is installed. Secrets, here and below, can be plain,
#   as in Hiera, or Sensitive.
#
# @param gem
#   Name of the gem, for flavours that install one. Default: `openvox`.
#
# @param verify_server
#   Whether to verify the server that the installer comes from, against `ca` or
#   the CA certificate of the host's own agent.
#
# @param ca
#   CA certificate of `server`, in PEM format. It stays in the image, so that
#   clones do not have to trust the first CA that answers.
#
# @param packages
#   Further packages to install from the image's distribution.
#
# @param local_packages
#   Package files (.deb or .rpm) on the host, installed after the agent; with
#   the flavour `local`, they provide it. The image is rebuilt when one changes.
#
# @param puppet_settings
#   Settings for puppet.conf, by section. Not allowed are settings that identify
#   a clone (such as `server` and `certname`) and `usecacheonfailure`, which would
#   hide a failing server.
#
# @param csr_attributes
#   `custom_attributes` and `extension_requests` for the clones' certificate
#   signing requests.
#
# @param setup
#   Contents of scripts to run in the image after the agent is installed, in this
#   order, such as `file('profile/setup.sh')`. Scripts without a `#!` line run
#   in the shell. The build fails if a script fails.
#
# @param root_password
#   Password of `root`. `Sensitive(undef)` locks the account.
#
# @param mirror
#   Package mirror for the image. Defaults to where the host gets its packages.
#
# @param timeout
#   Maximum duration of a build, in seconds.
#
define clone_army::base (
  Enum['present', 'absent']                    $ensure          = 'present',
  Optional[Clone_army::Certname]               $server          = $clone_army::master,
  String[1]                                    $image           = clone_army::host_image(),
  Optional[Clone_army::Flavour]                $flavour         = $clone_army::flavour,
  Optional[Clone_army::Version]                $version         = undef,
  Optional[Clone_army::Mirror]                 $repository      = undef,
  Boolean                                      $allow_http      = false,
  Optional[Clone_army::Credentials]            $credentials     = undef,
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
      Clone_army::Base[${title}]: not a valid name of a base image; use lower-case words and digits joined by - or ., \
      such as "debian-13", and not the endings -overlay, -workdir, -building and -replaced
      |-MESSAGE
  }

  $definition = "/etc/puppet-clone-army/bases/${title}"

  if 'absent' in [$ensure, $clone_army::ensure] {
    file { $definition:
      ensure => absent,
      force  => true,
      backup => false,
    }
    return()
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
  clone_army::assert_repository($title, $agent['repository'], $allow_http)

  clone_army::redact('credentials', 'puppet_settings', 'csr_attributes', 'root_password')
  $attributes = clone_army::reveal($csr_attributes)
  $secrets    = {
    'puppet.settings'     => epp('clone_army/puppet.settings.epp', { 'settings' => clone_army::reveal($puppet_settings) }),
    'root-password'       => $root_password.unwrap.lest || { '' },
    'credentials'         => clone_army::reveal($credentials).then |$pair| { "${pair['username']}\n${pair['password']}\n" },
    'csr_attributes.yaml' => $attributes.empty ? {
      true    => undef,
      default => epp('clone_army/csr_attributes.yaml.epp', { 'csr_attributes' => $attributes }),
    },
  }

  # The files of the definition by name; undef leaves a file out.
  $files = {
    'definition' => epp('clone_army/definition.epp', {
      'system'         => $system,
      'agent'          => $agent,
      'gem'            => $gem.lest || { 'openvox' },
      'server'         => clone_army::server_name($server),
      'verify_server'  => $verify_server.lest || { true },
      'packages'       => $packages,
      'local_packages' => $local_packages,
      'mirror'         => $mirror,
    }),
    'ca.pem'     => $ca,
  }
  $scripts = Hash($setup.map |$i, $script| { [sprintf('setup/%03d', $i + 1), $script] })
  $hidden  = Hash($secrets.filter |$_, $text| { $text =~ NotUndef }.map |$name, $text| {
    [$name, clone_army::secret(Sensitive($text))]
  })

  $build_base = '/usr/local/libexec/puppet-clone-army/build-base'

  file { $definition:
    ensure  => directory,
    owner   => 'root',
    group   => 'root',
    mode    => '0700',
    # Removes files that the definition no longer has.
    recurse => true,
    purge   => true,
    force   => true,
    # Otherwise the file bucket keeps secrets of earlier definitions.
    backup  => false,
    require => Class['clone_army::host'],
    before  => Exec["build base image ${title}"],
  }

  unless $setup.empty {
    # The recursion of its parent ends at a folder that is declared.
    file { "${definition}/setup":
      ensure  => directory,
      owner   => 'root',
      group   => 'root',
      mode    => '0700',
      recurse => true,
      purge   => true,
      force   => true,
      backup  => false,
      before  => Exec["build base image ${title}"],
    }
  }

  ($files + $scripts + $hidden).filter |$_, $content| { $content =~ NotUndef }.each |$name, $content| {
    $show_diff = $name in $hidden ? {
      true    => false,
      default => undef,
    }
    file { "${definition}/${name}":
      ensure    => file,
      owner     => 'root',
      group     => 'root',
      mode      => '0600',
      content   => $content,
      show_diff => $show_diff,
      backup    => false,
      before    => Exec["build base image ${title}"],
    }
  }

  exec { "build base image ${title}":
    command   => "${build_base} ${title}",
    unless    => clone_army::check($build_base, '--check', $title),
    timeout   => $timeout,
    logoutput => on_failure,
  }
}
