# @summary Clones `<prefix><first>` and following, all on one base image
type Clone_army::Group = Struct[{
  'base'   => Clone_army::Name,
  'prefix' => Clone_army::Prefix,
  'first'  => Clone_army::Count,
  'count'  => Clone_army::Count,
}]
