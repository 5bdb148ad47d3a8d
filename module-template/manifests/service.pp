# @summary The fleet comes with the host's boot
#
# Whether clones run is for operators to say, so nothing here starts or stops them.
#
# @api private
class clone_army::service {
  # A `service` would have systemd read all units again, twice: seconds, for a thousand clones that nobody starts yet.
  exec { 'enable the fleet':
    command => '/bin/systemctl --quiet --no-reload enable puppet-clone-army.target',
    unless  => '/bin/systemctl --quiet is-enabled puppet-clone-army.target',
  }
}
