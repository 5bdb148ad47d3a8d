# @summary A system that a base image can hold, and the tool that lays it out
type Clone_army::Image = Struct[{
  'os'           => Pattern[/\A[A-Za-z]+\z/],
  'release'      => Pattern[/\A[0-9]+([.][0-9]+)*\z/],
  'suite'        => Pattern[/\A[a-z0-9][a-z0-9.-]*\z/],
  'bootstrapper' => Pattern[/\A[a-z]+\z/],
}]
