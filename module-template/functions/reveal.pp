# @summary Data without `Sensitive` at any depth
#
# Hiera, JSON and YAML have no `Sensitive`, so secrets can be plain or Sensitive, as a whole or in part.
#
# @param value
#   A value, or an array or a hash of values
# @return [Any]
#   The same data, in which every Sensitive is replaced by its value
#
# @api private
function clone_army::reveal(Any $value) >> Any {
  $value ? {
    Sensitive => clone_army::reveal($value.unwrap),
    Hash      => Hash($value.map |$key, $part| { [$key, clone_army::reveal($part)] }),
    Array     => $value.map |$part| { clone_army::reveal($part) },
    default   => $value,
  }
}
