# @summary Starts the fleet when the host boots
#
# Nothing here starts or stops clones at any other time; operators do that.
#
# @api private
class clone_army::service {
  # Not a `service` resource: it makes systemd reload all units twice, which takes seconds with a thousand clones. With
  # --root, systemctl only changes files; with --no-reload, systemd would report every unit as changed on disk.
  exec { 'enable the fleet':
    command => '/bin/systemctl --quiet --root=/ enable puppet-clone-army.target',
    unless  => '/bin/systemctl --quiet --root=/ is-enabled puppet-clone-army.target',
  }
}
