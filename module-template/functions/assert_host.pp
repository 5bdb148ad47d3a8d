# @summary Fails unless the node can host a fleet
#
# Names what was found and what is needed. Whether a node is supported is data:
# `clone_army::host_os`, made from the module's metadata.
#
# @return [Undef] Nothing
# @raise Evaluation error, if the system is not a supported one, the module's fact is missing, or systemd does not run it
#
# @api private
function clone_army::assert_host() >> Undef {
  $supported = lookup('clone_army::host_os', Hash[String[1], Array[String[1]]])
  $os        = $facts['os']['name']
  $release   = $facts['os']['release']['major']

  unless $release in $supported.get($os, []) {
    $list = $supported.map |$name, $releases| { "${name} ${releases.join(', ')}" }
    fail("clone_army: this node runs ${os} ${release}; supported hosts are ${list.join('; ')}")
  }

  unless $facts['clone_army'] {
    fail('clone_army: the fact "clone_army" is missing; it comes with the module by pluginsync or by apply_prep')
  }

  unless $facts['clone_army']['systemd'] {
    fail('clone_army: systemd is not running on this node; clones are units of systemd, so it has to be the init system')
  }
}
