# @summary What a base image's part of the fleet is
type Clone_army::Part = Struct[{
  Optional['count']   => Clone_army::Count,
  Optional['share']   => Integer[1],
  Optional['prefix']  => Clone_army::Prefix,
  Optional['patches'] => Array[Clone_army::Local_file],
}]
