# @summary Certname of the server that the clones check in with
#
# @param master
#   Parameter of the class
# @return [Clone_army::Certname]
#   `master`, or the server of the host's own agent. Not the server that compiles the catalog, unless nothing else is known:
#   behind a load balancer, it changes from run to run.
# @raise Evaluation error, if neither is known
#
# @api private
function clone_army::server_name(Optional[Clone_army::Certname] $master) >> Clone_army::Certname {
  # Under bolt apply, the server facts describe the machine that runs Bolt.
  $compiler = $facts['bolt'] ? {
    true    => undef,
    default => $server_facts.then |$server| { $server['servername'] },
  }
  $agents = $compiler.then |$_| { $facts.dig('clone_army', 'server') }

  [$master, $agents, $compiler].filter |$name| { $name =~ Clone_army::Certname }[0].lest || {
    fail(@(MESSAGE/L))
      clone_army: "master" is not set, and there is no default because no server compiles this catalog; \
      set it to the certname of the server
      |-MESSAGE
  }
}
