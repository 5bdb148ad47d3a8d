# @summary Settings for puppet.conf by section, except those that identify a clone; they or single values can be Sensitive
type Clone_army::Puppet_settings = Variant[
  Hash[
    Enum['main', 'agent', 'user'],
    Hash[
      Pattern[/\A(?!(server|certname|usecacheonfailure|node_name_value|hostcert|hostprivkey)\z)[a-z][a-z0-9_]*\z/],
      Variant[Pattern[/\A[^\r\n\t]*\z/], Numeric, Boolean, Sensitive[Pattern[/\A[^\r\n\t]*\z/]]]
    ]
  ],
  Sensitive[Clone_army::Puppet_settings]
]
