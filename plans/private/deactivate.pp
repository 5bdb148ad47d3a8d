# @summary Deactivates nodes in PuppetDB, in batches, if the server uses PuppetDB
#
# @param certnames
#   Certnames of the nodes
#
# @param server
#   The Puppet server, which knows its PuppetDB
#
# @return [Hash] Certnames that were deactivated (`done`), those that were not (`failed`), and why (`msg`)
#
# @api private
plan clone_army::private::deactivate (
  Array[Clone_army::Certname] $certnames,
  TargetSpec                  $server,
) {
  $path  = 'PATH=$PATH:/opt/puppetlabs/bin; export PATH'
  $check = 'test -e "$(puppet config print confdir --section server)/puppetdb.conf" && puppet help node deactivate > /dev/null 2>&1'

  if $certnames.empty or !run_command("${path}; ${check}", $server, 'Look for PuppetDB', '_catch_errors' => true).ok {
    return({ 'done' => [], 'failed' => [] })
  }

  $results = $certnames.slice(50).map |$batch| {
    $result = run_command(
      "${path}; puppet node deactivate ${batch.join(' ')}",
      $server,
      "Deactivate ${batch.length} nodes in PuppetDB",
      '_catch_errors' => true,
    ).first
    $line   = $result['stderr'].then |$text| { $text.split("\n")[0] }
    $msg    = $result.error.then |$error| { $line.lest || { $error.msg } }
    $output = { 'ok' => $result.ok, 'batch' => $batch, 'msg' => $msg }
    $output
  }
  $failed = $results.filter |$result| { !$result['ok'] }

  return({
    'done'   => $results.filter |$result| { $result['ok'] }.map |$result| { $result['batch'] }.flatten,
    'failed' => $failed.map |$result| { $result['batch'] }.flatten,
    'msg'    => $failed.map |$result| { $result['msg'] }[0],
  })
}
