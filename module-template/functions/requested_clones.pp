# @summary The number of clones that the user asks for
#
# @param num_clones
#   Parameter of the class
# @param parts
#   The part of the fleet on each base image
# @return [Optional[Clone_army::Count]]
#   The sum of the counts, if every part has one; otherwise `num_clones`
# @raise Evaluation error, if every part has a count and `num_clones` differs from their sum
#
# @api private
function clone_army::requested_clones(
  Optional[Clone_army::Count] $num_clones,
  Array[Clone_army::Part, 1]  $parts,
) >> Optional[Clone_army::Count] {
  $counts = $parts.map |$part| { $part['count'] }.filter |$count| { $count =~ NotUndef }

  if $counts.length < $parts.length {
    $num_clones
  } else {
    $sum = $counts.reduce |$sum, $count| { $sum + $count }
    if $num_clones =~ NotUndef and $num_clones != $sum {
      fail("clone_army: num_clones is ${num_clones}, but the counts in bases add up to ${sum}; leave num_clones out")
    }
    $sum
  }
}
