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
      # The class can be used without clone_army.
      if getvar('clone_army::manage_packages', true) {
        clone_army::host_packages { 'selinux':
          packages => $packages,
        }
      }

      exec { 'label systemd-nspawn':
        command => $label_nspawn,
        unless  => clone_army::check($label_nspawn, '--check'),
        *       => $exec,
      }

      # Whoever declares the packages.
      $packages.each |$package| {
        Package <| title == $package |> -> Exec['label systemd-nspawn']
      }
    }
    'absent': {
      exec { 'remove the label of systemd-nspawn':
        command => "${label_nspawn} --remove",
        onlyif  => clone_army::check($label_nspawn, '--check-rule'),
        *       => $exec,
      }
    }
    default: {}
  }
}
