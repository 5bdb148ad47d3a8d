# @summary What the build of a base image needs to know about the agent
type Clone_army::Agent = Struct[{
  'flavour'         => Clone_army::Flavour,
  'script'          => Optional[Pattern[/\A[a-z][a-z0-9_]*\z/]],
  'version'         => Optional[Clone_army::Version],
  'package'         => Optional[Clone_army::Package],
  'vendor'          => Optional[Clone_army::Mirror],
  'repository'      => Optional[Clone_army::Mirror],
  'release_package' => Optional[Pattern[/\A[A-Za-z0-9{}\/._-]+\z/]],
}]
