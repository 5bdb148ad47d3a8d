# One fleet of several kinds of agents, for a Debian 13 host.
#
#   bolt apply mixed-fleet.pp --targets loadhost
class { 'clone_army':
  master     => 'puppet.example.com',
  num_clones => 100,
  bases      => {
    # The distribution's agent, with whatever the other bases leave of the 100 clones.
    'trixie'   => { 'image' => 'debian-13' },

    # An older system, twenty clones.
    'bookworm' => { 'image' => 'debian-12', 'count' => 20 },

    # OpenVox, and an old Puppet as a gem.
    'openvox'  => { 'image' => 'debian-13', 'flavour' => 'openvox', 'version' => '8', 'count' => 20 },
    'puppet-7' => { 'image' => 'debian-12', 'flavour' => 'gem', 'gem' => 'puppet', 'version' => '7.34', 'count' => 5 },

    # Five clones with patched files; their names begin with `canary`.
    'patched'  => {
      'image'   => 'debian-13',
      'patches' => ['/srv/puppet-next'],
      'count'   => 5,
      'prefix'  => 'canary',
    },
  },
}
