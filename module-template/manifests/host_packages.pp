# @summary Packages that the host needs, unless something else in the catalog declares them
#
# Puppet evaluates defines after all classes, and a define inside of a define
# after the outer ones. The innermost one therefore knows what classes and other
# defines declare, in whichever order these are.
#
# @param packages
#   Names of the packages
#
# @param attributes
#   Attributes of the resources
#
# @api private
define clone_army::host_packages (
  Array[String[1]] $packages,
  Hash             $attributes = { 'ensure' => 'installed' },
) {
  $packages.each |$package| {
    clone_army::host_package { "${title}: ${package}":
      package    => $package,
      attributes => $attributes,
    }
  }
}
