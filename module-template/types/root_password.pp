# @summary A password, plain or Sensitive; `Sensitive(undef)` locks the account
type Clone_army::Root_password = Variant[
  Clone_army::Password,
  Sensitive[Optional[Clone_army::Password]]
]
