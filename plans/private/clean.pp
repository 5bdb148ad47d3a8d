# @summary Cleans certificates on the CA and deactivates nodes in PuppetDB, in batches
#
# @param certnames
#   As returned by the plan `clone_army::private::certnames`
#
# @param server
#   The Puppet server that runs the CA
#
# @return [Array[Hash[String[1], Data]]] As returned by the plan `clone_army::clean`
#
# @api private
plan clone_army::private::clean (
  Array[Hash[String[1], Data]] $certnames,
  TargetSpec                   $server,
) {
  $ca = get_target($server)
  # Packages of vendors do not put their commands into everybody's PATH.
  $path    = 'PATH=$PATH:/opt/puppetlabs/bin:/opt/puppetlabs/server/bin; export PATH'
  $all     = $certnames.map |$host| { $host['certnames'].lest || { [] } }.flatten.unique
  # Bounds the length of the command. Each certificate takes the CA a fraction of a second.
  $batches = $all.empty ? { true => [], default => $all.slice(50) }

  $outputs = $batches.map |$batch| {
    $result = run_command(
      "${path}; puppetserver ca clean --certname ${batch.join(',')}",
      $ca,
      "Clean ${batch.length} certificates",
      '_catch_errors' => true,
    ).first
    $lines  = "${result['stdout']}\n${result['stderr']}".split("\n")
    $output = { 'lines' => $lines, 'msg' => $result.error.then |$error| { $error.msg } }
    $output
  }
  $lines   = $outputs.map |$output| { $output['lines'] }.flatten
  $cleaned = $all.filter |$certname| { "Cleaned files related to ${certname}" in $lines }
  $missing = $all.filter |$certname| {
    ["    Could not find files to clean for ${certname}", "    Could not find files for ${certname}"].any |$line| { $line in $lines }
  }
  $why     = $outputs.map |$output| {
    $reasons = $output['lines'].filter |$line| {
      $line !~ /\A(\s*|Error:|Fatal .*|Revoked .*|.* has been revoked|Cleaned .*|\s+Could not find .*)\z/
    }
    strip($reasons[0].lest || { $output['msg'].lest || { '' } })
  }.filter |$reason| { $reason != '' }

  # Nodes without a certificate, too: an earlier run may have been interrupted.
  $deactivated = run_plan('clone_army::private::deactivate', 'certnames' => $cleaned + $missing, 'server' => $ca)

  return $certnames.map |$host| {
    $names  = $host['certnames'].lest || { [] }
    $failed = $names - $cleaned - $missing
    $late   = $deactivated['failed'].filter |$name| { $name in $names }
    $errors = [
      $host['error'],
      $failed.empty ? {
        true    => undef,
        default => {
          'kind' => 'clone_army/clean-failed',
          'msg'  => "${failed.length} certificates were not cleaned, such as ${failed[0]}: ${why[0]}",
        },
      },
      $late.empty ? {
        true    => undef,
        default => {
          'kind' => 'clone_army/deactivate-failed',
          'msg'  => "${late.length} nodes were not deactivated in PuppetDB, such as ${late[0]}: ${deactivated['msg']}",
        },
      },
    ].filter |$error| { $error =~ NotUndef }

    $counts = {
      'host'        => $host['host'],
      'clones'      => $names.length,
      'cleaned'     => $names.filter |$name| { $name in $cleaned }.length,
      'missing'     => $names.filter |$name| { $name in $missing }.length,
      'failed'      => $failed.length,
      'deactivated' => $names.filter |$name| { $name in $deactivated['done'] }.length,
    }
    $errors.empty ? { true => $counts, default => $counts + { 'error' => $errors[0] } }
  }
}
