# @summary What is put into certificate signing requests, as `csr_attributes.yaml` has it
type Clone_army::Csr_attributes = Struct[{
  Optional['custom_attributes']  => Hash[Pattern[/\A[A-Za-z0-9_.]+\z/], Pattern[/\A[^\r\n]+\z/], 1],
  Optional['extension_requests'] => Hash[Pattern[/\A[A-Za-z0-9_.]+\z/], Pattern[/\A[^\r\n]+\z/], 1],
}]
