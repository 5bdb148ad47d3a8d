# @summary Which part of the fleet each base image gets, with defaults filled in
#
# @param base_images
#   Base images by name, from `clone_army::base_images`
# @return [Array[Clone_army::Part, 1]]
#   A part for each base image, in the same order
# @raise Evaluation error, if a part is invalid, or the clones of two base images would have the same names
#
# @api private
function clone_army::fleet_parts(
  Clone_army::Base_images $base_images,
) >> Array[Clone_army::Part, 1] {
  $parts = $base_images.map |$name, $base_image| {
    $given = $base_image['part']
    $part  = {
      'base'    => $name,
      'share'   => 1,
      'prefix'  => "${regsubst($name, '[.]', '-', 'G')}-",
      'patches' => [],
    } + $given

    assert_type(Clone_army::Part, $part) |$_, $_actual| {
      fail(@("MESSAGE"/L$))
        clone_army: bases['${name}'] has ${given}; count must be a number of clones, share a weight of 1 or more, \
        prefix must not end in a digit, and patches must be absolute paths of folders
        |-MESSAGE
    }
    if 'count' in $given and 'share' in $given {
      fail("clone_army: bases['${name}'] has both a count and a share; remove one of them")
    }
    $part
  }

  $parts.group_by |$part| { $part['prefix'] }.each |$prefix, $same| {
    if $same.length > 1 {
      $names = $same.map |$part| { $part['base'] }
      fail("clone_army: the clones of bases ${names.join(' and ')} would all be called ${prefix}1 and so on; give each base its own prefix")
    }
  }

  $parts
}
