# @summary Hosts a fleet of real Puppet agents in containers on this node
#
# Builds a base image with an agent in it and defines clones of it: containers
# that share the image and differ by an overlay each. The catalog is the same
# size whatever the size of the fleet: the fleet is data, which systemd turns
# into units. Clones are never started or stopped from here: that is what
# `systemctl`, the tasks `clone_army::start` and `clone_army::stop` and the next
# boot of the host are for.
#
# @example A fleet as large as the host's memory allows
#   class { 'clone_army':
#     master => 'puppet.example.com',
#   }
#
# @example Forty clones of another system, with a package and settings of their own
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
# @param master
#   Certname of the server that the clones check in with. Where the catalog is
#   compiled by a server, its own name is the default; `bolt apply` has none.
#
# @example One fleet of three kinds of agents
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
# @param num_clones
#   Number of clones on this node. Default: the node's memory less 512 MiB for
#   the system and 150 MiB for its own agent, by 150 MiB each.
#
# @param clone_prefix
#   What the names of the clones begin with; their number follows.
#
# @param base
#   The base image under the clones, by parameters of the define
#   `clone_army::base`. Its system is the node's own unless `image` names
#   another, and its name that of the image unless `name` does. `patches` are
#   folders on the node that are laid over the image for all of its clones, the
#   first on top: a patched agent, say, with files where the image has its own.
#   They are not copied, and clones see a change of them at their next start.
#
# @param bases
#   Several base images in place of `base`, by name. Each takes the keys of
#   `base` without `name`, and `count` (how many clones) or `share` (a weight,
#   by which those that are left of `num_clones` are dealt out; default 1), and
#   `prefix` (what the names of its clones begin with; default the name and `-`).
#   The name of a clone says which base it stands on, so that no clone ever
#   moves to another one.
#
# @param root_password
#   Password of `root` in the clones, for `machinectl login`.
#   `Sensitive(undef)` locks the account. A plain string stays readable in the
#   catalog; wrap it, or set it in Hiera, where it is wrapped for you.
#
# @param run_mode
#   How agents run in the clones. `service`: the services that the agent's
#   package brings run in each clone, as on a node of its own. `timer`: between
#   its runs an agent takes no memory; a clone boots to little more than a timer
#   that starts them, and services of other packages are not started by the boot.
#   A clone follows another mode when it is started again.
#
# @param run_interval
#   Seconds from one run of a clone's agent to the next, where `run_mode` is
#   `timer`: minutes that divide an hour, or hours that divide a day. Over the
#   interval the runs of the fleet are spread evenly, by the clock. Where it is
#   `service`, agents have `runinterval` among the `puppet_settings` of `base`.
#
# @param run_immediately
#   Whether the agent of a clone also runs when the clone has booted, where
#   `run_mode` is `timer`. Otherwise its first run waits for its turn.
#
# @param share_memory
#   Whether the kernel merges equal pages of the clones' memory (KSM), and
#   address randomisation is off in the clones, because few pages are equal
#   with it. Gives up what randomisation protects from, in clones, and that one
#   clone cannot tell what is in the memory of another. Takes systemd 254.
#
# @param flavour
#   How the agent gets into the base image, unless `base` says so itself.
#   Default: the first of the module's flavours that has agents for the image.
#
# @param manage_nodejs
#   Whether to install the distribution's Node.js, which the tasks run on.
#
class clone_army (
  Clone_army::Prefix             $clone_prefix,
  Clone_army::Run_mode           $run_mode,
  Boolean                        $manage_nodejs,
  Clone_army::Root_password      $root_password,
  Optional[Clone_army::Certname] $master          = undef,
  Optional[Clone_army::Count]    $num_clones      = undef,
  Optional[Clone_army::Flavour]  $flavour         = undef,
  Clone_army::Base_image         $base            = {},
  Clone_army::Bases              $bases           = {},
  Clone_army::Run_interval       $run_interval    = 1800,
  Boolean                        $run_immediately = false,
  Boolean                        $share_memory    = false,
) {
  clone_army::assert_host()
  clone_army::assert_interval($run_interval)
  if $share_memory and $facts['clone_army']['systemd'] < 254 {
    fail("clone_army: share_memory takes systemd 254, and this node has ${facts['clone_army']['systemd']}; leave it out here")
  }

  if !$base.empty and !$bases.empty {
    fail('clone_army: both base and bases are set; bases is for several, so put the one into it too')
  }

  $image    = $base['image'].lest || { clone_army::host_image() }
  $simple   = { $base['name'].lest || { $image } => { 'prefix' => $clone_prefix, 'image' => $image } + ($base - 'name') }
  $all      = $bases.empty ? { true => $simple, default => $bases }
  $groups   = clone_army::groups($all, $num_clones, $run_mode, $run_interval)
  $clones   = $groups.reduce(0) |$sum, $group| { $sum + $group['count'] }
  $server   = clone_army::server_name($master)
  $certname = clone_army::host_certname($groups)

  contain clone_army::host
  contain clone_army::layers
  contain clone_army::service

  $all.each |$name, $definition| {
    clone_army::base { $name:
      require => Class['clone_army::host'],
      before  => Class['clone_army::fleet'],
      *       => {
        'server'        => $server,
        'flavour'       => $flavour,
        'root_password' => $root_password,
      } + ($definition - ['count', 'share', 'prefix', 'patches']),
    }
  }

  class { 'clone_army::limits':
    clones       => $clones,
    share_memory => $share_memory,
  }
  contain clone_army::limits

  class { 'clone_army::fleet':
    host            => $certname,
    server          => $server,
    run_mode        => $run_mode,
    run_interval    => $run_interval,
    run_immediately => $run_immediately,
    share_memory    => $share_memory,
    groups          => $groups,
  }
  contain clone_army::fleet

  Class['clone_army::host']
  -> Class['clone_army::limits', 'clone_army::layers']
  -> Class['clone_army::fleet']
  -> Class['clone_army::service']
}
