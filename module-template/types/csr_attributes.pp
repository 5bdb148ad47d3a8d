# @summary Attributes of certificate signing requests, with the keys of `csr_attributes.yaml`
type Clone_army::Csr_attributes = Struct[{
  Optional['custom_attributes']  => Hash[Pattern[/\A[A-Za-z0-9_.]+\z/], Pattern[/\A[^\r\n]+\z/], 1],
  Optional['extension_requests'] => Hash[Pattern[/\A[A-Za-z0-9_.]+\z/], Pattern[/\A[^\r\n]+\z/], 1],
}]
