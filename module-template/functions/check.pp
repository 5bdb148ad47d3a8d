# @summary A check for `unless` that is not fulfilled as long as its script is missing
#
# Without it, a first run with `--noop` would fail, because Puppet has not written
# the scripts yet.
#
# @param script
#   Path of the script
# @param arguments
#   Arguments of the script
# @return [String[1]] A command
#
# @api private
function clone_army::check(String[1] $script, String[1] *$arguments) >> String[1] {
  $command = [$script] + $arguments

  "/usr/bin/test -x ${script} && ${command.join(' ')}"
}
