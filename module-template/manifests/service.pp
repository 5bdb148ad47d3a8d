# @summary The fleet comes with the host's boot
#
# Whether clones run is for operators to say, so nothing here starts or stops them.
#
# @api private
class clone_army::service {
  service { 'puppet-clone-army.target':
    enable => true,
  }
}
