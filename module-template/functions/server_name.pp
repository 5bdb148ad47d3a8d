# @summary The server that the clones check in with
#
# @param master
#   What the user asked for
# @return [Clone_army::Certname] `master`, or the name of the server that compiles the catalog
# @raise Evaluation error, if there is neither
#
# @api private
function clone_army::server_name(Optional[Clone_army::Certname] $master) >> Clone_army::Certname {
  $compiler = $facts['bolt'] ? {
    true    => undef,
    default => $server_facts.then |$server| { $server['servername'] },
  }

  [$master, $compiler].filter |$name| { $name =~ NotUndef }[0].lest || {
    fail(@(MESSAGE/L))
      clone_army: "master" is not set, and there is no server that compiles this catalog whose name could be taken; \
      set it to the certname of the server
      |-MESSAGE
  }
}
