# @summary Name of the image with the same system as this host
#
# @return [String[1]] Such as `debian-13`
#
# @api private
function clone_army::host_image() >> String[1] {
  "${facts['os']['name'].downcase}-${facts['os']['release']['major']}"
}
