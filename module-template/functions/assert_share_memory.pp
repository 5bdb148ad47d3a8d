# @summary Fails if clones are to share memory and the host's systemd cannot do that
#
# @param share_memory
#   Whether clones share identical memory pages
# @return [Undef] Nothing
# @raise Evaluation error, if systemd is older than 254, which brought `MemoryKSM=`
#
# @api private
function clone_army::assert_share_memory(Boolean $share_memory) >> Undef {
  $systemd = $facts['clone_army']['systemd']

  if $share_memory and $systemd < 254 {
    fail("clone_army: share_memory requires systemd 254, but this host has ${systemd}; leave share_memory out here")
  }
}
