# @summary The context in which SELinux lets systemd-nspawn run containers
#
# The policy for containers has none for systemd-nspawn. The label is a rule
# of the node's own policy, so that an update of systemd's package keeps it.
# Containers that run keep the context that they were started in.
#
# `clone_army` declares it where SELinux is enabled; its parameters are for
# Hiera.
#
# @example Undo it on a node that is to host no fleet any more, in Hiera
#   clone_army::selinux::ensure: absent
#
# @param ensure
#   `present`: systemd-nspawn has the label. `absent`: rule and label are taken
#   away again, for a node that is to host no fleet any more. `unmanaged`:
#   neither; the node's policy is somebody else's.
#
# @param packages
#   Packages of the distribution with the policy for containers and the tool
#   that adds to it
#
class clone_army::selinux (
  Enum['present', 'absent', 'unmanaged'] $ensure   = 'unmanaged',
  Array[String[1]]                       $packages = [],
) {
  $label_nspawn = '/usr/local/libexec/puppet-clone-army/label-nspawn'
  $exec = {
    logoutput => on_failure,
  }

  case $ensure {
    'present': {
      package { $packages:
        ensure => installed,
      }

      exec { 'label systemd-nspawn':
        command => $label_nspawn,
        unless  => "${label_nspawn} --check",
        require => Package[$packages],
        *       => $exec,
      }
    }
    'absent': {
      exec { 'take the label of systemd-nspawn away':
        command => "${label_nspawn} --remove",
        onlyif  => "${label_nspawn} --check-rule",
        *       => $exec,
      }
    }
    default: {}
  }
}
