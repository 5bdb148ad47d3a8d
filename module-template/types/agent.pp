# @summary What the build of a base image needs to know about the agent
type Clone_army::Agent = Struct[{
  'flavour'         => Clone_army::Flavour,
  'script'          => Optional[String[1]],
  'version'         => Optional[Clone_army::Version],
  'package'         => Optional[Clone_army::Package],
  'vendor'          => Optional[Clone_army::Mirror],
  'repository'      => Optional[Clone_army::Mirror],
  'release_package' => Optional[String[1]],
}]
