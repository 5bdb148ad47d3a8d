# @summary Fails if agent runs are to be forked from a loaded agent, and this host cannot do that
#
# @param preload
#   Whether agent runs are forked from a loaded agent
# @param run_mode
#   How agents run in the clones
# @return [Undef] Nothing
# @raise Evaluation error, if agents do not run by timer; if systemd is older than 248, which gives a unit with
#   `RootDirectory=` a `/run` of its own; or if the host has SELinux: a run would have the label of the process that
#   forked it, rather than that of its clone
#
# @api private
function clone_army::assert_preload(Boolean $preload, Clone_army::Run_mode $run_mode) >> Undef {
  if $preload and $run_mode != 'timer' {
    fail("clone_army: preload is for run_mode => 'timer', not '${run_mode}': a resident agent stays loaded anyway")
  }

  $systemd = $facts['clone_army']['systemd']
  if $preload and $systemd < 248 {
    fail("clone_army: preload requires systemd 248, but this host has ${systemd}; leave preload out here")
  }

  if $preload and $facts.dig('os', 'selinux', 'enabled') {
    fail('clone_army: preload does not work with SELinux, which this host has enabled; leave preload out here')
  }
}
