# @summary Login for a vendor's package repository
type Clone_army::Credentials = Struct[{
  'username' => Pattern[/\A[^\s:]+\z/],
  'password' => Pattern[/\A\S+\z/],
}]
