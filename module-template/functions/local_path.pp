# @summary Absolute path of a file or folder on the machine that runs Bolt
#
# @param path
#   Absolute, or relative to the working directory
# @return [String[1]] The absolute path
#
# @api private
function clone_army::local_path(String[1] $path) >> String[1] {
  $path ? {
    /\A\//  => $path,
    default => file::join(system::env('PWD'), $path),
  }
}
