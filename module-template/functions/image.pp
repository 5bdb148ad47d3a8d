# @summary The system that a base image holds
#
# @param name
#   Key in `clone_army::images`, to which your own Hiera data may add
# @return [Clone_army::Image] Operating system, release, suite and bootstrapper
# @raise Evaluation error, if there is no such image, or the node's system has no packages that could lay it out
#
# @api private
function clone_army::image(String[1] $name) >> Clone_army::Image {
  $images = lookup('clone_army::images', Hash[String[1], Clone_army::Image])
  $usable = clone_army::usable_images()

  unless $name in $images {
    fail("clone_army: there is no image \"${name}\"; there are ${images.keys.sort.join(', ')}")
  }
  unless $name in $usable {
    $image = $images[$name]
    $node  = "${facts['os']['name']} ${facts['os']['release']['major']}"
    fail(@("MESSAGE"/L$))
      clone_army: image "${name}" is laid out by ${image['bootstrapper']}, and ${node} has no packages that do so \
      for ${image['os']}; images for this node are ${usable.keys.sort.join(', ')}
      |-MESSAGE
  }

  $images[$name]
}
