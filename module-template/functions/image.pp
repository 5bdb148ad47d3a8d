# @summary The system that a base image holds
#
# @param name
#   Key in `clone_army::images`, to which your own Hiera data may add
# @return [Clone_army::Image] Operating system, release, suite and bootstrapper
# @raise Evaluation error, if there is no such image
#
# @api private
function clone_army::image(String[1] $name) >> Clone_army::Image {
  $images = lookup('clone_army::images', Hash[String[1], Clone_army::Image])

  $images[$name].lest || {
    fail("clone_army: there is no image \"${name}\"; there are ${images.keys.sort.join(', ')}")
  }
}
