# @summary A password, wrapped or not; `Sensitive(undef)` stands for a locked account
type Clone_army::Root_password = Variant[
  Clone_army::Password,
  Sensitive[Optional[Clone_army::Password]]
]
