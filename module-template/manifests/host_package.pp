# @summary A package that the host needs, unless something else in the catalog declares it
#
# @param package
#   Name of the package
#
# @param attributes
#   Attributes of the resource
#
# @api private
define clone_army::host_package (
  String[1] $package,
  Hash      $attributes,
) {
  if defined(Package[$package]) {
    # A virtual resource counts as declared, too.
    Package <| title == $package |>
  } else {
    package { $package:
      * => $attributes,
    }
  }
}
