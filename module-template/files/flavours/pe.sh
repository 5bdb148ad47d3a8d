# The agent of Puppet Enterprise, by the install script of its primary server. Sourced by build-base.
# shellcheck shell=sh disable=SC2154

# The script looks for the CA certificate here, too.
ca=$root/etc/puppetlabs/puppet/ssl/certs/ca.pem
if [ "$VERIFY_SERVER" = false ]; then
  set -- --insecure
else
  install -d -m 0755 "${ca%/*}"
  file=$definition/ca.pem
  [ -f "$file" ] || file=/etc/puppetlabs/puppet/ssl/certs/ca.pem
  [ -f "$file" ] || die "no CA certificate to verify $SERVER with: set ca, or connect this host's own agent to that server"
  install -m 0444 "$file" "$ca"
  set -- --cacert "$ca"
fi

address=${REPOSITORY:-https://$SERVER:8140/packages/current}
# Clones do not reach their server through a proxy, either.
case $address/ in
  "https://$SERVER"[:/]*) set -- "$@" --noproxy '*' ;;
esac
fetch "$address/install.bash" "$root$stage/install.bash" "$@"
# Keeps the agent from running here: it would request a certificate, which each clone has to do for itself.
in_image bash "$stage/install.bash" --puppet-service-ensure stopped --puppet-service-enable false ||
  die "install.bash of $SERVER failed with exit code $?"
