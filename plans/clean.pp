# @summary Revokes and removes the certificates of clones on the CA, and deactivates their nodes in PuppetDB
#
# Clones keep their keys, so clean clones whose keys are gone or are about to go:
# clones that are reset without their certificates, that left the fleet, or that
# are removed. A clone that has a revoked certificate cannot check in.
#
# Names without a certificate are not an error, so the plan can be run again.
# Nodes are deactivated if the server has a puppetdb.conf.
#
# @example All clones of two hosts
#   bolt plan run clone_army::clean --targets load1,load2 server=puppet.example.com clones='*'
#
# @example Clones that left the fleet
#   bolt plan run clone_army::clean --targets load1 server=puppet.example.com left=true
#
# @param targets
#   Hosts with a fleet
#
# @param server
#   The Puppet server that runs the CA, as a target
#
# @param clones
#   Clones by name, range or pattern, as in the tasks; `*` for all
#
# @param base
#   Only clones on this base image, or on these base images
#
# @param left
#   Whether to clean clones that left the fleet and still have an overlay
#
# @return [Array[Hash[String[1], Data]]]
#   For each target: its name as `host`, the number of certnames (`clones`), and how
#   many of them were cleaned (`cleaned`), had no certificate (`missing`), were not
#   cleaned (`failed`), and were `deactivated` in PuppetDB. If the plan fails, the
#   same list is in the error's details under `hosts`, and hosts that failed also
#   have an `error`.
plan clone_army::clean (
  TargetSpec                                            $targets,
  TargetSpec                                            $server,
  Optional[Variant[String[1], Array[String[1], 1]]] $clones = undef,
  Optional[Variant[String[1], Array[String[1], 1]]] $base   = undef,
  Boolean                                               $left   = false,
) {
  $hosts = get_targets($targets)
  if $hosts.empty {
    fail_plan('there are no targets; name the hosts with --targets', 'clone_army/no-targets')
  }

  $selection = { 'clones' => $clones, 'base' => $base }.filter |$_, $value| { $value =~ NotUndef }
  if $selection.empty and !$left {
    fail_plan("no clones are selected; use clones='*' for all, or left=true for those that left the fleet", 'clone_army/no-clones')
  }

  $certnames = run_plan('clone_army::private::certnames', {
    'targets'   => $hosts,
    'selection' => $selection,
    'left'      => $left,
  })
  $report = run_plan('clone_army::private::clean', 'certnames' => $certnames, 'server' => $server)

  run_plan('clone_army::private::assert_report', {
    'report'  => $report,
    'failure' => 'certificates of %s hosts were not all cleaned',
    'kind'    => 'clone_army/clean-failed',
  })

  return $report
}
