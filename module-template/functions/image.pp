# @summary The system in an image
#
# @param name
#   Key of `clone_army::images`, which you can extend in your own Hiera data
# @return [Clone_army::Image] Operating system, release, suite and bootstrapper
# @raise Evaluation error, if there is no such image, or this host's system has no packages to bootstrap it with
#
# @api private
function clone_army::image(String[1] $name) >> Clone_army::Image {
  $images = lookup('clone_army::images', Hash[String[1], Clone_army::Image])
  $usable = clone_army::usable_images()

  unless $name in $images {
    fail("clone_army: there is no image \"${name}\"; the images are ${images.keys.sort.join(', ')}")
  }
  unless $name in $usable {
    $image = $images[$name]
    $host  = "${facts['os']['name']} ${facts['os']['release']['major']}"
    fail(@("MESSAGE"/L$))
      clone_army: image "${name}" is built with ${image['bootstrapper']}, but ${host} has no packages that can \
      bootstrap ${image['os']}; images for this host are ${usable.keys.sort.join(', ')}
      |-MESSAGE
  }

  $images[$name]
}
