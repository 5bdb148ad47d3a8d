# Puppet or OpenVox as a gem, for the image's own Ruby. Sourced by build-base.
# shellcheck shell=sh disable=SC2154

# Some dependencies have native extensions.
case $BOOTSTRAPPER in
  dnf) install_packages ruby ruby-devel rubygems redhat-rpm-config gcc make ;;
  *) install_packages ruby ruby-dev gcc make libc6-dev ;;
esac

case $VERSION in
  '') set -- ;;
  *.*.*) set -- --version "$VERSION" ;;
  *) set -- --version "~> $VERSION.0" ;;
esac
if [ -n "$REPOSITORY" ]; then
  # In a file, because its address can have a password, and arguments are in the process list.
  (umask 077 && printf -- '---\n:sources:\n- "%s"\n' "$REPOSITORY" > "$root$stage/gemrc")
  set -- "$@" --config-file "$stage/gemrc"
fi
source=${REPOSITORY:-$(in_image ruby -e 'print Gem.default_sources.first')}
proxy=$(host_proxy "$source")
# Not in the command line, because it may contain a password.
# shellcheck disable=SC2016
printf '%s\n' "$proxy" | in_image sh -ec 'read -r proxy
  [ -z "$proxy" ] || export http_proxy="$proxy" https_proxy="$proxy"
  exec gem install --no-document "$@"' gem "$@" "$GEM"

puppet=$(in_image sh -c 'command -v puppet')
install -D -m 0644 /dev/stdin "$root/etc/systemd/system/puppet.service" << UNIT
[Unit]
Description=Puppet agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=$puppet agent --no-daemonize
# A run in progress finishes when the service stops, as with the vendors' packages.
KillMode=process
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT
