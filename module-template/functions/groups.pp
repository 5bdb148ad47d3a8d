# @summary Deals the clones out to the base images
#
# Those with a `count` get it. What is left of the fleet goes to the others by
# their shares, the remainder to the first of them.
#
# @param bases
#   Base images by name
# @param num_clones
#   Size of the fleet, as the user asked for it
# @param run_mode
#   How agents run in the clones
# @param run_interval
#   Seconds from one run of a clone's agent to the next, by timer
# @return [Array[Clone_army::Group, 1]] Clones by base image
# @raise Evaluation error, if a base has both a count and a share, two share a prefix, or the numbers do not add up
#
# @api private
function clone_army::groups(
  Clone_army::Bases           $bases,
  Optional[Clone_army::Count] $num_clones,
  Clone_army::Run_mode        $run_mode,
  Clone_army::Run_interval    $run_interval,
) >> Array[Clone_army::Group, 1] {
  $parts = $bases.map |$name, $definition| {
    $part = $definition.filter |$key, $_| { $key in ['count', 'share', 'prefix', 'patches'] }

    assert_type(Clone_army::Part, $part) |$_, $actual| {
      fail(@("MESSAGE"/L$))
        clone_army: bases['${name}'] has ${part}; count is a number of clones, share a weight from 1 up, prefix ends \
        in no digit, patches are paths of folders
        |-MESSAGE
    }
    if 'count' in $part and 'share' in $part {
      fail("clone_army: bases['${name}'] has both a count and a share; it can have one")
    }
    $defaults = { 'base' => $name, 'share' => 1, 'prefix' => "${regsubst($name, '[.]', '-', 'G')}-" }
    $defaults + $part
  }

  $parts.group_by |$part| { $part['prefix'] }.each |$prefix, $same| {
    if $same.length > 1 {
      $names = $same.map |$part| { $part['base'] }
      fail("clone_army: clones of the bases ${names.join(' and ')} would all be called ${prefix}1 and so on; give each a prefix of its own")
    }
  }

  $shared  = $parts.filter |$part| { !('count' in $part) }
  $weights = $shared.reduce(0) |$sum, $part| { $sum + $part['share'] }
  $counted = $parts.reduce(0) |$sum, $part| { $sum + $part.get('count', 0) }

  if $shared.empty and $num_clones =~ NotUndef and $num_clones != $counted {
    fail("clone_army: num_clones is ${num_clones}, but the counts of bases add up to ${counted}; leave num_clones out")
  }
  $asked = $shared.empty ? {
    true    => $counted,
    default => $num_clones,
  }
  $total = clone_army::clone_count($asked, $run_mode, $run_interval)
  $left = $total - $counted
  if $left < $shared.length {
    fail("clone_army: of ${total} clones the counts of bases leave ${max($left, 0)}, too few for ${shared.length} more")
  }

  # Each gets a clone before shares are looked at, so that none goes without.
  $dealt     = $shared.map |$part| { 1 + ($left - $shared.length) * $part['share'] / $weights }
  $remainder = $left - $dealt.reduce(0) |$sum, $count| { $sum + $count }
  $by_base   = Hash($shared.map |$i, $part| {
    [$part['base'], $dealt[$i] + ($i < $remainder ? { true => 1, default => 0 })]
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
