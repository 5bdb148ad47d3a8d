# @summary Settings for puppet.conf by section; not those that make a clone the clone it is
type Clone_army::Puppet_settings = Hash[
  Enum['main', 'agent', 'user'],
  Hash[
    Pattern[/\A(?!(server|certname|usecacheonfailure|node_name_value|hostcert|hostprivkey)\z)[a-z][a-z0-9_]*\z/],
    Variant[Pattern[/\A[^\r\n\t]+\z/], Integer, Boolean]
  ]
]
