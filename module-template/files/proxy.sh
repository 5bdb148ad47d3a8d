# The proxy of this host's package manager, for other programs. Sourced after common.sh.
# shellcheck shell=sh disable=SC2154

apt_helper=/usr/lib/apt/apt-helper
dnf_conf=/etc/dnf/dnf.conf

# host_proxy ADDRESS: prints the proxy that this host's package manager uses for an address, if any
host_proxy() {
  if command -v apt-config > /dev/null; then
    apt_proxy "$1"
  elif [ -f "$dnf_conf" ]; then
    sed -n 's/^[[:space:]]*proxy[[:space:]]*=[[:space:]]*\([^[:space:]]*\).*$/\1/p' "$dnf_conf" | grep -vx _none_ | tail -n 1
  fi
}

# apt_proxy ADDRESS: the proxy for the server of this address, or what the program says that apt is configured to ask; else
# the one for the scheme
apt_proxy() {
  proxy=$(LC_ALL=C "$apt_helper" auto-detect-proxy "$1" | sed -n "s/^Using proxy '\([^']*\)' for URL .*$/\1/p") || :
  for scheme in "${1%%://*}" http; do
    [ -n "$proxy" ] || eval "$(apt-config shell proxy "Acquire::$scheme::Proxy")"
  done
  # Apt's word for none.
  [ "$proxy" = DIRECT ] || printf '%s\n' "$proxy"
}
