# @summary Name of the image whose system is the node's own
#
# @return [String[1]] Such as `debian-13`
#
# @api private
function clone_army::host_image() >> String[1] {
  "${facts['os']['name'].downcase}-${facts['os']['release']['major']}"
}
