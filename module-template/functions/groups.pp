# @summary Distributes the clones among the base images
#
# Parts with a count get that many clones. The others get one clone each, and
# then the rest by their shares; the remainder goes to the first of them.
#
# @param parts
#   The part of the fleet on each base image
# @param clones
#   Number of clones in the fleet
# @return [Array[Clone_army::Group, 1]] A group of clones for each base image
# @raise Evaluation error, if the counts do not leave a clone for every part without one
#
# @api private
function clone_army::groups(
  Array[Clone_army::Part, 1] $parts,
  Clone_army::Count          $clones,
) >> Array[Clone_army::Group, 1] {
  $counted = $parts.reduce(0) |$sum, $part| { $sum + $part.get('count', 0) }
  $sharing = $parts.filter |$part| { !('count' in $part) }
  $left    = $clones - $counted

  if $left < $sharing.length {
    $others = $sharing.map |$part| { $part['base'] }
    fail(@("MESSAGE"/L$))
      clone_army: the counts in bases leave ${max($left, 0)} of ${clones} clones, but each of the other base images \
      (${others.join(', ')}) needs at least one; lower the counts, or raise num_clones
      |-MESSAGE
  }

  $weights   = $sharing.reduce(0) |$sum, $part| { $sum + $part['share'] }
  $shares    = $sharing.map |$part| { 1 + ($left - $sharing.length) * $part['share'] / $weights }
  $remainder = $left - $shares.reduce(0) |$sum, $share| { $sum + $share }
  $by_base   = Hash($sharing.map |$i, $part| {
    [$part['base'], $shares[$i] + ($i < $remainder ? { true => 1, default => 0 })]
  })

  $parts.map |$part| {
    $group = {
      'base'   => $part['base'],
      'prefix' => $part['prefix'],
      'first'  => 1,
      'count'  => $part.get('count', $by_base[$part['base']]),
    }
    $group + $part.filter |$key, $value| { $key == 'patches' and !$value.empty }
  }
}
