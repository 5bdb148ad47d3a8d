# @summary What can be said of the base image under the clones
type Clone_army::Base_image = Struct[{
  Optional['name']            => Clone_army::Name,
  Optional['image']           => String[1],
  Optional['flavour']         => Clone_army::Flavour,
  Optional['packages']        => Array[Clone_army::Package],
  Optional['puppet_settings'] => Clone_army::Puppet_settings,
  Optional['mirror']          => Clone_army::Mirror,
}]
