# @summary The role of a node: over many nodes, roles are as frequent as their weights say
#
# @param certname
#   Certname of the node, on which alone its role depends
# @param roles
#   Roles by name. The default of `weight` is 1.
# @return [Optional[String[1]]] Name of the role; `undef` if there are no roles
#
# @api private
function clone_army::role(String[1] $certname, Hash[String[1], Clone_army::Workload] $roles) >> Optional[String[1]] {
  $slots = $roles.map |$name, $role| { $role.get('weight', 1) }
  $ends  = $slots.map |$index, $_| { $slots[0, $index + 1].reduce |$sum, $slot| { $sum + $slot } }

  unless $roles.empty {
    $drawn = clone_army::draw($certname, $ends[-1])
    $roles.keys[$ends.index |$end| { $drawn < $end }]
  }
}
