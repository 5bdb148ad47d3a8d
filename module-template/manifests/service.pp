# @summary The fleet comes with the host's boot
#
# Whether clones run is for operators to say, so nothing here starts or stops them.
#
# @api private
class clone_army::service {
  # In files alone, as from outside: a `service` would have systemd read all units again, twice, which takes seconds for
  # a thousand clones that nobody starts yet. Without a reload it would call all units of the host out of date.
  exec { 'enable the fleet':
    command => '/bin/systemctl --quiet --root=/ enable puppet-clone-army.target',
    unless  => '/bin/systemctl --quiet --root=/ is-enabled puppet-clone-army.target',
  }
}
