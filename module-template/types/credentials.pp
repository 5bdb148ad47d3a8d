# @summary What opens a vendor's repository
type Clone_army::Credentials = Struct[{
  'username' => Pattern[/\A[^\s:]+\z/],
  'password' => Pattern[/\A\S+\z/],
}]
