# @summary The part of the fleet on one base image: a fixed count of clones, or a share of those that are left
type Clone_army::Part = Struct[{
  'base'            => Clone_army::Name,
  'prefix'          => Clone_army::Prefix,
  'share'           => Integer[1],
  'patches'         => Array[Clone_army::Local_file],
  Optional['count'] => Clone_army::Count,
}]
