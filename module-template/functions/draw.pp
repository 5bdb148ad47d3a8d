# @summary A number that looks random, but is always the same for the same text
#
# Unlike `fqdn_rand`, it depends on nothing else, such as facts.
#
# @param text
#   Any text, such as a certname
# @param limit
#   One more than the greatest number
# @return [Integer[0]] A number with an even distribution
#
# @api private
function clone_army::draw(String $text, Integer[1] $limit) >> Integer[0] {
  Integer("0x${sha256($text)[0, 12]}", 16) % $limit
}
