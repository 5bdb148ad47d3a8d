# @summary Runs a fleet of real Puppet agents in containers on this host
#
# Builds a base image with an agent in it and defines clones of it: containers
# that share the image, each with an overlay of its own. The catalog has the
# same size for one clone and for a thousand, because systemd generates the
# units of the clones from a single file.
#
# The class never starts a clone, and stops one only when it leaves the fleet.
# Clones start when the host boots, or when you run `systemctl` or the task
# `clone_army::start`.
#
# @example A fleet as large as the host's memory allows
#   class { 'clone_army':
#     master => 'puppet.example.com',
#   }
#
# @example A thousand clones whose agents run from a timer, every 30 minutes
#   class { 'clone_army':
#     master       => 'puppet.example.com',
#     num_clones   => 1000,
#     run_mode     => 'timer',
#     run_interval => 1800,
#   }
#
# @example Forty clones of another system, with an extra package and an agent setting
#   class { 'clone_army':
#     master     => 'puppet.example.com',
#     num_clones => 40,
#     base       => {
#       image           => 'debian-12',
#       packages        => ['nginx'],
#       puppet_settings => { 'agent' => { 'runinterval' => '10m' } },
#     },
#   }
#
# @example A mixed fleet: five canaries, the other 95 clones on two systems
#   class { 'clone_army':
#     master     => 'puppet.example.com',
#     num_clones => 100,
#     bases      => {
#       'trixie'   => { 'image' => 'debian-13' },
#       'bookworm' => { 'image' => 'debian-12' },
#       'canary'   => { 'image' => 'debian-13', 'count' => 5, 'puppet_settings' => { 'agent' => { 'noop' => true } } },
#     },
#   }
#
# @example No fleet any more, and nothing left of it
#   class { 'clone_army':
#     ensure => absent,
#     purge  => true,
#   }
#
# @param master
#   Certname of the server that the clones check in with. Defaults to the server
#   of the host's own agent, as its puppet.conf has it; required under `bolt apply`.
#
# @param num_clones
#   Number of clones on this host. Defaults to what the memory holds at 150 MiB
#   per clone, after 512 MiB for the system and 150 MiB for the host's own agent.
#   With `run_mode => 'timer'`, each needs 10 MiB, and the CPU sets a limit, too.
#
# @param clone_prefix
#   Prefix of the clones' names: `clone` gives `clone1`, `clone2`, and so on.
#
# @param run_mode
#   `service`: the agent stays resident in each clone, as on an ordinary node.
#   `timer`: a timer starts each agent run, and agents use no memory in between;
#   services of other packages in the image do not start. Running clones switch
#   when they are restarted.
#
# @param run_interval
#   Seconds between two runs of a clone's agent with `run_mode => 'timer'`, which
#   spreads the runs of the fleet evenly over the interval. Must divide an hour into
#   whole minutes, or a day into whole hours. With `run_mode => 'service'`, set
#   `runinterval` in `puppet_settings` of `base` instead.
#
# @param run_immediately
#   Whether a clone's agent also runs as soon as the clone has booted, with
#   `run_mode => 'timer'`. Otherwise the first run waits for the clone's slot.
#
# @param preload
#   Whether agent runs are forked from a process on the host, one for each base
#   image, that has loaded the agent, with `run_mode => 'timer'`. That saves two
#   fifths of a run's CPU. A clone whose agent is not the image's starts it itself.
#
# @param flavour
#   Where the agent in the base images comes from, unless a base image sets its
#   own. Defaults to the module's first flavour with agents for the image.
#
# @param base
#   The base image, as parameters of `clone_army::base`, plus `name` and
#   `patches`. `image` defaults to the host's own system, `name` to `image`.
#   `patches` are folders on the host that are overlaid on the image for all
#   clones, the first on top. Clones see changes in them after a restart.
#
# @param bases
#   Several base images by name, instead of `base`. Each takes the keys of `base`
#   except `name`, and `count` (number of clones) or `share` (weight by which the
#   remaining clones are distributed; default 1), and `prefix` (of its clones'
#   names; default: its name and `-`). A clone never moves to another base image.
#
# @param root_password
#   Password of `root` in the clones, for `machinectl login`. `Sensitive(undef)`
#   locks the account. Can be plain, as in Hiera, or Sensitive.
#
# @param share_memory
#   Whether the kernel merges identical memory pages of clones (KSM). Turns off
#   address space randomisation in the clones, and lets a clone find out what is
#   in the memory of another. Requires systemd 254.
#
# @param manage_packages
#   Whether to install the packages that a host needs. A package that something
#   else in the catalog declares is left to that. If false, install them yourself:
#   the list is in Hiera, `clone_army::host::packages` and `bootstrappers`.
#
# @param manage_nodejs
#   Whether to install the distribution's Node.js, which the tasks need.
#
# @param purge_clones
#   Whether to remove the overlays of clones that leave the fleet, with their keys
#   and all that they have written, once they have stopped. Their certificates stay
#   on the server.
#
# @param ensure
#   `absent` stops the clones and removes all that the class has put on the host,
#   except packages, images and overlays. It needs no other parameter.
#
# @param purge
#   Whether `ensure => 'absent'` also removes images and overlays, with the clones'
#   keys and all that they have written.
#
class clone_army (
  # Most needed first. Parameters without a default here have one in data/common.yaml.
  # lint:ignore:parameter_order
  Optional[Clone_army::Certname] $master          = undef,
  Optional[Clone_army::Count]    $num_clones      = undef,
  Clone_army::Prefix             $clone_prefix,
  Clone_army::Run_mode           $run_mode,
  Clone_army::Run_interval       $run_interval    = 1800,
  Boolean                        $run_immediately = false,
  Boolean                        $preload         = false,
  Optional[Clone_army::Flavour]  $flavour         = undef,
  Clone_army::Base_image         $base            = {},
  Clone_army::Bases              $bases           = {},
  Clone_army::Root_password      $root_password,
  Boolean                        $share_memory    = false,
  Boolean                        $manage_packages = true,
  Boolean                        $manage_nodejs,
  Boolean                        $purge_clones    = false,
  Enum['present', 'absent']      $ensure          = 'present',
  Boolean                        $purge           = false,
  # lint:endignore
) {
  clone_army::redact('base', 'bases', 'root_password')

  if $ensure == 'absent' {
    class { 'clone_army::removal':
      purge => $purge,
    }
    contain clone_army::removal
    return()
  }

  clone_army::assert_host()
  clone_army::assert_interval($run_interval)
  clone_army::assert_preload($preload, $run_mode)
  clone_army::assert_share_memory($share_memory)

  # The path of num_clones: groups of clones, then fleet.json (clone_army::fleet), then units (files/fleet-generator).
  $base_images = clone_army::base_images($base, $bases, $clone_prefix)
  $parts       = clone_army::fleet_parts($base_images)
  $requested   = clone_army::requested_clones($num_clones, $parts)
  $clones      = clone_army::clone_count($requested, $run_mode, $run_interval)
  $groups      = clone_army::groups($parts, $clones)

  $server   = clone_army::server_name($master)
  $certname = clone_army::host_certname($groups)

  contain clone_army::host

  $base_images.each |$name, $base_image| {
    clone_army::base { $name:
      require => Class['clone_army::host'],
      before  => Class['clone_army::fleet'],
      *       => { 'server' => $server } + $base_image['parameters'],
    }
  }

  $layer = clone_army::layer($run_mode)

  class { 'clone_army::layers':
    layer => $layer['name'],
    files => $layer['files'],
  }
  contain clone_army::layers

  class { 'clone_army::fleet':
    host            => $certname,
    server          => $server,
    run_mode        => $run_mode,
    run_interval    => $run_interval,
    run_immediately => $run_immediately,
    preload         => $preload,
    share_memory    => $share_memory,
    layer           => $layer['name'],
    groups          => $groups,
  }
  contain clone_army::fleet

  class { 'clone_army::limits':
    clones       => $clones,
    share_memory => $share_memory,
  }
  contain clone_army::limits
  contain clone_army::service

  # Limits last: a fleet that is rejected raises none, and surplus clones have stopped before one is lowered.
  Class['clone_army::host']
  -> Class['clone_army::layers']
  -> Class['clone_army::fleet']
  -> Class['clone_army::limits']
  -> Class['clone_army::service']
}
