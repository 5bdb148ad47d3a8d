# @summary Fails unless this host can run a fleet
#
# The requirements are data: `clone_army::host_os` lists the supported systems
# from the module's metadata, and `clone_army::systemd_features` the features
# that a fleet needs with the version of systemd that introduced each.
#
# @return [Undef] Nothing
# @raise Evaluation error, if the system is not supported, the fact is missing, or systemd is not running or too old
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
  $features = $missing.map |$feature, $since| { "${feature} (${since})" }.join(', ')
  $too_old  = "its systemd is ${systemd}, which lacks ${features}"

  unless $release in $supported.get($os, []) {
    $list = $supported.map |$name, $releases| { "${name} ${releases.join(', ')}" }
    $why  = $missing.empty ? {
      true    => '',
      default => "; ${too_old}",
    }
    fail("clone_army: this host runs ${os} ${release}; supported systems are ${list.join('; ')}${why}")
  }

  unless $facts['clone_army'] {
    fail('clone_army: the fact "clone_army" is missing; it comes with the module, by pluginsync or by apply_prep')
  }

  unless $systemd {
    fail('clone_army: systemd is not running on this host; clones are systemd units, so systemd must be the init system')
  }

  unless $missing.empty {
    fail("clone_army: this host cannot run clones: ${too_old}")
  }
}
