# @summary The images that this host can build
#
# @return [Hash[String[1], Clone_army::Image]]
#   Images whose bootstrapper is packaged for this host's system, according to `clone_army::host::bootstrappers`
#
# @api private
function clone_army::usable_images() >> Hash[String[1], Clone_army::Image] {
  $bootstrappers = lookup('clone_army::host::bootstrappers', Hash[String[1], Hash[String[1], Array[String[1]]]])

  lookup('clone_army::images', Hash[String[1], Clone_army::Image]).filter |$_, $image| {
    $image['os'] in $bootstrappers.get($image['bootstrapper'], {})
  }
}
