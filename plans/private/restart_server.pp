# @summary Restarts a Puppet server, and waits until it takes requests
#
# @param server
#   The server, as a target
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::restart_server (
  TargetSpec $server,
) {
  $target = get_target($server)
  out::message("Restarting the Puppet server on ${target.name}")

  # Its unit has another name in Puppet Enterprise. systemd waits until it is ready.
  $restart = @(SH/L)
    for unit in puppetserver pe-puppetserver; do \
      if systemctl --quiet is-active "$unit.service"; then systemctl restart "$unit.service"; exit; fi; \
    done; \
    echo 'no unit puppetserver or pe-puppetserver is running' >&2; exit 1
    |-SH
  $result = run_command($restart, $target, 'Restart the Puppet server', '_catch_errors' => true).first
  unless $result.ok {
    $why = $result['stderr'].lest || { $result.error.msg }
    fail_plan("the Puppet server on ${target.name} could not be restarted: ${strip($why)}", 'clone_army/restart-failed')
  }
}
