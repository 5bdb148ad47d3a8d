# @summary Consecutively numbered clones, starting at `<prefix><first>`, with the same base image and patches
type Clone_army::Group = Struct[{
  'base'              => Clone_army::Name,
  'prefix'            => Clone_army::Prefix,
  'first'             => Clone_army::Count,
  'count'             => Clone_army::Count,
  Optional['patches'] => Array[Clone_army::Local_file, 1],
}]
