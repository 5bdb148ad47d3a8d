# @summary Fails unless all names are certnames, which may become part of a shell command
#
# @param host
#   Host that has told the names
#
# @param names
#   The names
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::assert_certnames (
  String[1]     $host,
  Array[String] $names,
) {
  $names.each |$name| {
    unless $name =~ Clone_army::Certname {
      fail_plan("${host}: \"${name}\" is not a certname", 'clone_army/bad-certname')
    }
  }
}
