# @summary Clones `<prefix><first>` and following, all on one base image with the same folders laid over it
type Clone_army::Group = Struct[{
  'base'              => Clone_army::Name,
  'prefix'            => Clone_army::Prefix,
  'first'             => Clone_army::Count,
  'count'             => Clone_army::Count,
  Optional['patches'] => Array[Clone_army::Local_file, 1],
}]
