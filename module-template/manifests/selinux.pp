# @summary The SELinux label that lets systemd-nspawn run containers
#
# The container policy has no file context for systemd-nspawn. This class adds
# one to the host's local policy, which survives package updates. Running
# containers keep the context that they were started in.
#
# `clone_army` includes this class where SELinux is enabled. Set its parameters
# in Hiera.
#
# @example Remove the label from a host that no longer runs a fleet, in Hiera
#   clone_army::selinux::ensure: absent
#
# @param ensure
#   `present` adds the rule and the label, `absent` removes both, and `unmanaged`
#   leaves the host's policy alone.
#
# @param packages
#   Packages with the container policy and with the tool that extends it
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
      exec { 'remove the label of systemd-nspawn':
        command => "${label_nspawn} --remove",
        onlyif  => "${label_nspawn} --check-rule",
        *       => $exec,
      }
    }
    default: {}
  }
}
