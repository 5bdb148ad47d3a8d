# @summary How the agent gets into a base image
#
# @param title
#   Name of the base image
# @param system
#   The system that the image holds
# @param flavour
#   Name of the flavour; default: the module's first that has agents for the system
# @param options
#   What the user says of the agent beside the flavour; values that are undef count as not said
# @return [Clone_army::Agent]
#   What the build has to know
# @raise Evaluation error, if the flavour has no agent for the system, or the options are not those that it takes
#
# @api private
function clone_army::agent(
  String[1]                     $title,
  Clone_army::Image             $system,
  Optional[Clone_army::Flavour] $flavour,
  Hash[String[1], Any]          $options,
) >> Clone_army::Agent {
  $flavours = lookup('clone_army::flavours', Hash[String[1], Hash])
  $family   = lookup('clone_army::families', Hash[String[1], String[1]]).get($system['os'], $facts['os']['family'])
  $usable   = $flavours.filter |$_, $definition| { $family in $definition['families'] }
  $name     = $flavour.lest || { $usable.keys[0] }
  $where    = "clone_army: base image \"${title}\": flavour ${name}"

  unless $name in $usable {
    fail("${where} has no agent for ${system['os']} ${system['release']}; flavours for it are ${usable.keys.join(', ')}")
  }

  $definition = $usable[$name]
  $needs      = $definition.get('needs', [])
  $takes      = $definition['takes'] + $needs
  $given      = $options.filter |$_, $value| { $value =~ NotUndef and $value != [] }

  $given.each |$option, $_| {
    unless $option in $takes or $option == 'local_packages' {
      $known = $takes.empty ? { true => 'no option', default => $takes.join(', ') }
      fail("${where} does not take ${option}; it takes ${known}")
    }
  }
  $needs.each |$option| {
    unless $option in $given {
      fail("${where} needs ${option}")
    }
  }

  $version    = $given['version'].lest || { $definition['version'] }
  $vendor     = $definition.dig('repository', $family)
  $repository = $given['repository'].lest || { $vendor }
  $words      = {
    'major'   => $version ? { undef => '', default => $version.split('[.]')[0] },
    'os'      => $system['os'].downcase,
    'release' => $system['release'],
    'suite'   => $system['suite'],
  }
  $release_package = $definition.dig('release_package', $family).then |$template| {
    $words.reduce($template) |$text, $word| { regsubst($text, "{${word[0]}}", $word[1], 'G') }
  }

  $agent = {
    'flavour'         => $name,
    'script'          => $definition['script'],
    'version'         => $version,
    'package'         => $definition['package'],
    'vendor'          => $vendor,
    'repository'      => $repository,
    'release_package' => $release_package,
  }
  $agent
}
