# @summary A secret as the content of a file, encrypted if the catalog is for an agent
#
# @param text
#   The secret
# @return [Variant[Sensitive[String], Deferred]]
#   The secret, or a call that decrypts it when the agent applies the catalog
#
# @api private
function clone_army::secret(Sensitive[String] $text) >> Variant[Sensitive[String], Deferred] {
  $recipient = clone_army::recipient()
  $recipient ? {
    undef   => $text,
    # Sensitive, so that the agent treats the result as Sensitive.
    default => Deferred('clone_army::decrypt', [Sensitive(clone_army::encrypt($text, $recipient))]),
  }
}
