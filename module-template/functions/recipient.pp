# @summary Whom the secrets in the catalog are encrypted for
#
# An agent keeps its catalog on disk, and a server passes it on to PuppetDB. `Sensitive` hides values from logs and
# reports only. `puppet apply` and Bolt do neither, so nothing is encrypted there.
#
# @return [Optional[String[1]]]
#   Certificate of the host's agent, in PEM format; undef if no agent asked for the catalog, or its key can encrypt nothing
#
# @api private
function clone_army::recipient() >> Optional[String[1]] {
  $trusted['authenticated'] ? {
    'remote' => $facts.dig('clone_army', 'certificate'),
    default  => undef,
  }
}
