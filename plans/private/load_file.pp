# @summary Reads a file on this machine that a profile names
#
# @param profile
#   Absolute path of the profile, or its name in the module
#
# @param name
#   Path of the file, relative to the folder of the profile
#
# @return [String] The text of the file
#
# @api private
plan clone_army::private::load_file (
  String[1] $profile,
  String[1] $name,
) {
  $path = $name ? {
    /\A\//  => $name,
    default => $profile.regsubst(/[^\/]+\z/, $name),
  }
  unless file::exists($path) {
    fail_plan("the profile names the file \"${name}\", but ${path} does not exist", 'clone_army/no-file')
  }

  return file::read($path)
}
