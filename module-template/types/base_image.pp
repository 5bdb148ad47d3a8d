# @summary Parameters of the base image of a fleet that has only one
type Clone_army::Base_image = Struct[{
  Optional['name']            => Clone_army::Name,
  Optional['image']           => String[1],
  Optional['flavour']         => Clone_army::Flavour,
  Optional['version']         => Clone_army::Version,
  Optional['repository']      => Clone_army::Mirror,
  Optional['credentials']     => Sensitive[Clone_army::Credentials],
  Optional['gem']             => Clone_army::Gem,
  Optional['verify_server']   => Boolean,
  Optional['ca']              => Clone_army::Certificate,
  Optional['packages']        => Array[Clone_army::Package],
  Optional['local_packages']  => Array[Clone_army::Local_file],
  Optional['patches']         => Array[Clone_army::Local_file],
  Optional['puppet_settings'] => Clone_army::Puppet_settings,
  Optional['csr_attributes']  => Clone_army::Csr_attributes,
  Optional['setup']           => Array[String[1]],
  Optional['mirror']          => Clone_army::Mirror,
}]
