# @summary Certname of the server that the clones check in with
#
# @param master
#   Parameter of the class
# @return [Clone_army::Certname] `master`, or the name of the server that compiles the catalog
# @raise Evaluation error, if neither is known
#
# @api private
function clone_army::server_name(Optional[Clone_army::Certname] $master) >> Clone_army::Certname {
  # Under bolt apply, the server facts describe the machine that runs Bolt.
  $compiler = $facts['bolt'] ? {
    true    => undef,
    default => $server_facts.then |$server| { $server['servername'] },
  }

  [$master, $compiler].filter |$name| { $name =~ NotUndef }[0].lest || {
    fail(@(MESSAGE/L))
      clone_army: "master" is not set, and there is no default because no server compiles this catalog; \
      set it to the certname of the server
      |-MESSAGE
  }
}
