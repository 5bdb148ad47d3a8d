# @summary The images that this node can lay out
#
# @return [Hash[String[1], Clone_army::Image]]
#   Those whose bootstrapper the node's system has packages of, by the data `clone_army::host::bootstrappers`
#
# @api private
function clone_army::usable_images() >> Hash[String[1], Clone_army::Image] {
  $bootstrappers = lookup('clone_army::host::bootstrappers', Hash[String[1], Hash[String[1], Array[String[1]]]])

  lookup('clone_army::images', Hash[String[1], Clone_army::Image]).filter |$_, $image| {
    $image['os'] in $bootstrappers.get($image['bootstrapper'], {})
  }
}
