# @summary Fails unless the node can host a fleet
#
# Names what was found and what is needed. Both are data: `clone_army::host_os`
# has the supported systems, made from the module's metadata, and
# `clone_army::systemd_features` the versions of systemd that brought what
# fleets are made with.
#
# @return [Undef] Nothing
# @raise Evaluation error, if the system is not a supported one, the module's fact is missing, systemd does not run the
#   node, or it is too old
#
# @api private
function clone_army::assert_host() >> Undef {
  $supported = lookup('clone_army::host_os', Hash[String[1], Array[String[1]]])
  $os        = $facts['os']['name']
  $release   = $facts['os']['release']['major']
  $systemd   = $facts.dig('clone_army', 'systemd')

  $missing = lookup('clone_army::systemd_features', Hash[String[1], Integer[1]]).filter |$_, $since| {
    $systemd and $systemd < $since
  }
  $lack = $missing.map |$feature, $since| { "${feature} (${since})" }.join(', ')
  $old  = "its systemd is ${systemd}, which lacks ${lack}"

  unless $release in $supported.get($os, []) {
    $list = $supported.map |$name, $releases| { "${name} ${releases.join(', ')}" }
    $why  = $missing.empty ? {
      true    => '',
      default => "; ${old}",
    }
    fail("clone_army: this node runs ${os} ${release}; supported hosts are ${list.join('; ')}${why}")
  }

  unless $facts['clone_army'] {
    fail('clone_army: the fact "clone_army" is missing; it comes with the module by pluginsync or by apply_prep')
  }

  unless $systemd {
    fail('clone_army: systemd is not running on this node; clones are units of systemd, so it has to be the init system')
  }

  unless $missing.empty {
    fail("clone_army: this node cannot run clones: ${old}")
  }
}
