# @summary Attributes of certificate signing requests, as in `csr_attributes.yaml`; they or single values can be Sensitive
type Clone_army::Csr_attributes = Variant[
  Struct[{
    Optional['custom_attributes']  => Clone_army::Csr_values,
    Optional['extension_requests'] => Clone_army::Csr_values,
  }],
  Sensitive[Clone_army::Csr_attributes]
]
