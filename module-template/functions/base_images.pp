# @summary The base images of the fleet, from either `base` or `bases`
#
# Separates parameters of the define `clone_army::base` from the keys that
# describe the clones on a base image.
#
# @param base
#   The only base image, unless `bases` is set
# @param bases
#   Several base images by name
# @param clone_prefix
#   Prefix of the names of clones on `base`
# @return [Clone_army::Base_images] Base images by name
# @raise Evaluation error, if both `base` and `bases` are set
#
# @api private
function clone_army::base_images(
  Clone_army::Base_image $base,
  Clone_army::Bases      $bases,
  Clone_army::Prefix     $clone_prefix,
) >> Clone_army::Base_images {
  if !$base.empty and !$bases.empty {
    fail('clone_army: both base and bases are set; bases is for several base images, so move the one in base there')
  }

  $image       = $base['image'].lest || { clone_army::host_image() }
  $name        = $base['name'].lest || { $image }
  $definitions = $bases.empty ? {
    true    => { $name => { 'prefix' => $clone_prefix, 'image' => $image } + ($base - 'name') },
    default => $bases,
  }

  Hash($definitions.map |$name, $definition| {
    $part = $definition.filter |$key, $_| { $key in ['count', 'share', 'prefix', 'patches'] }
    # In puppet apply's catalog, which is not encrypted, these are Sensitive parameters of the define.
    $secrets = $definition.filter |$key, $_| { $key in ['credentials', 'csr_attributes', 'puppet_settings', 'root_password'] }
    $wrapped = Hash($secrets.map |$key, $value| { [$key, Sensitive(clone_army::reveal($value))] })
    [$name, { 'parameters' => $definition - $part.keys + $wrapped, 'part' => $part }]
  })
}
