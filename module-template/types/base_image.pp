# @summary Parameters of the base image of a fleet that has only one
#
# Secrets are validated as Sensitive, by the define: the message about a plain value would show it.
type Clone_army::Base_image = Struct[{
  Optional['name']            => Clone_army::Name,
  Optional['image']           => String[1],
  Optional['flavour']         => Clone_army::Flavour,
  Optional['version']         => Clone_army::Version,
  Optional['repository']      => Clone_army::Mirror,
  Optional['allow_http']      => Boolean,
  Optional['credentials']     => Variant[Hash, Sensitive[Hash]],
  Optional['gem']             => Clone_army::Gem,
  Optional['verify_server']   => Boolean,
  Optional['ca']              => Clone_army::Certificate,
  Optional['packages']        => Array[Clone_army::Package],
  Optional['local_packages']  => Array[Clone_army::Local_file],
  Optional['patches']         => Array[Clone_army::Local_file],
  Optional['puppet_settings'] => Variant[Hash, Sensitive[Hash]],
  Optional['csr_attributes']  => Variant[Hash, Sensitive[Hash]],
  Optional['setup']           => Array[String[1]],
  Optional['mirror']          => Clone_army::Mirror,
}]
