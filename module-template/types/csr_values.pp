# @summary Values of attributes of certificate signing requests, by name or object identifier
type Clone_army::Csr_values = Hash[
  Pattern[/\A[A-Za-z0-9_.]+\z/],
  Variant[Pattern[/\A[^\r\n]+\z/], Sensitive[Pattern[/\A[^\r\n]+\z/]]],
  1
]
