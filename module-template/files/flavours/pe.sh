# The agent of Puppet Enterprise, by the script that its primary server has for that. Read by build-base.
# shellcheck shell=sh disable=SC2154

# Where the script looks for the certificate of the CA itself.
ca=$root/etc/puppetlabs/puppet/ssl/certs/ca.pem
if [ "$VERIFY_SERVER" = false ]; then
  set -- --insecure
else
  install -d -m 0755 "${ca%/*}"
  file=$definition/ca.pem
  [ -f "$file" ] || file=/etc/puppetlabs/puppet/ssl/certs/ca.pem
  [ -f "$file" ] || die "no certificate to verify $SERVER with: set ca to that of its CA, or let this host's own agent have it"
  install -m 0444 "$file" "$ca"
  set -- --cacert "$ca"
fi

fetch "${REPOSITORY:-https://$SERVER:8140/packages/current}/install.bash" "$root$stage/install.bash" "$@"
# No run of the agent here: it would get a certificate, which is for each clone to get.
in_image bash "$stage/install.bash" --puppet-service-ensure stopped --puppet-service-enable false ||
  die "install.bash of $SERVER failed with exit code $?"
