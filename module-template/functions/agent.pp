# @summary The agent to install in a base image
#
# @param title
#   Name of the base image
# @param system
#   The system in the image
# @param flavour
#   Name of the flavour; default: the module's first flavour with agents for the system
# @param options
#   Further parameters of the base image that concern the agent; undef and empty lists count as not set
# @return [Clone_army::Agent]
#   What the build needs to know about the agent
# @raise Evaluation error, if the flavour has no agent for the system, or an option is not allowed or missing
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
      $known = $takes.empty ? { true => 'no options', default => $takes.join(', ') }
      fail("${where} does not take ${option}; it takes ${known}")
    }
  }
  $needs.each |$option| {
    unless $option in $given {
      fail("${where} needs ${option}")
    }
  }

  $version      = $given['version'].lest || { $definition['version'] }
  $vendor       = $definition.dig('repository', $family)
  $repository   = $given['repository'].lest || { $vendor }
  $placeholders = {
    'major'   => $version ? { undef => '', default => $version.split('[.]')[0] },
    'os'      => $system['os'].downcase,
    'release' => $system['release'],
    'suite'   => $system['suite'],
  }
  $release_package = $definition.dig('release_package', $family).then |$template| {
    $placeholders.reduce($template) |$text, $placeholder| {
      regsubst($text, "{${placeholder[0]}}", $placeholder[1], 'G')
    }
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
