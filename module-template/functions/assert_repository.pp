# @summary Fails if the agent of a base image would come from an address that nothing verifies
#
# @param title
#   Name of the base image
# @param repository
#   Where the agent comes from, if not from the image's distribution
# @param insecure
#   Whether this was asked for
# @return [Undef] Nothing
# @raise Evaluation error, if the repository is an `http://` address and this was not asked for
#
# @api private
function clone_army::assert_repository(
  String[1]                    $title,
  Optional[Clone_army::Mirror] $repository,
  Boolean                      $insecure,
) >> Undef {
  if $repository =~ Pattern[/\Ahttp:/] and !$insecure {
    fail(@("MESSAGE"/L$))
      clone_army: base image "${title}": anyone on the way to the repository ${repository} can replace what is installed \
      from there as root, because nothing verifies it; use https, or set allow_http => true
      |-MESSAGE
  }
}
