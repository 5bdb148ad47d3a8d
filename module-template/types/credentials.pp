# @summary Login for a vendor's package repository; it or the password can be Sensitive
type Clone_army::Credentials = Variant[
  Struct[{
    'username' => Pattern[/\A[^\s:]+\z/],
    'password' => Variant[Pattern[/\A\S+\z/], Sensitive[Pattern[/\A\S+\z/]]],
  }],
  Sensitive[Clone_army::Credentials]
]
