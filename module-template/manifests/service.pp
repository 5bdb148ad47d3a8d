# @summary The fleet comes with the host's boot
#
# Whether clones run is for operators to say, so nothing here starts or stops them.
#
# Comes before the fleet is known: to enable a unit has systemd read all of them
# again, which takes seconds for a thousand clones.
#
# @api private
class clone_army::service {
  file { '/etc/systemd/system/puppet-clone-army.target':
    ensure  => file,
    owner   => 'root',
    group   => 'root',
    mode    => '0644',
    content => file('clone_army/units/fleet.target'),
  }
  -> service { 'puppet-clone-army.target':
    enable => true,
  }
}
