# @summary A system for base images, and the tool that bootstraps it
type Clone_army::Image = Struct[{
  'os'           => Pattern[/\A[A-Za-z]+\z/],
  'release'      => Pattern[/\A[0-9]+([.][0-9]+)*\z/],
  'suite'        => Pattern[/\A[a-z0-9][a-z0-9.-]*\z/],
  'bootstrapper' => Pattern[/\A[a-z]+\z/],
}]
