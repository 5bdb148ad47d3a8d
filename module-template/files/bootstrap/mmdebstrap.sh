#!/bin/sh
# Bootstraps a Debian or Ubuntu system in $root, from $MIRROR or from this host's own package sources.
# Uses mmdebstrap, or debootstrap if that is missing.
#
# environment: root OS SUITE MIRROR PACKAGES
# shellcheck source-path=SCRIPTDIR disable=SC2153,SC2154
. "${0%/*}/../common.sh"

packages=systemd,systemd-sysv,dbus,libpam-systemd,login,passwd,procps,iproute2,netbase,ca-certificates
for package in $PACKAGES; do
  packages=$packages,$package
done

# host_sources: prints this host's sources as `address suite component`, one per line. apt only knows those whose lists it
# has downloaded.
host_sources() {
  # Expanded by apt, not by the shell.
  # shellcheck disable=SC2016
  set -- --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages'
  [ -n "$(apt-get indextargets "$@")" ] || apt-get -qq update
  apt-get indextargets "$@"
}

# sources: prints lines for sources.list. Updates and security fixes are included if this host has them for the suite.
# For another suite of the host's distribution, the host's main archive is used.
sources() {
  case $OS in
    Ubuntu) components='main universe' ;;
    *) components=main ;;
  esac
  if [ -n "$MIRROR" ]; then
    echo "deb $MIRROR $SUITE $components"
    return
  fi
  host=$(sed -n 's/^ID=//p' /etc/os-release)
  host_sources | awk -v suite="$SUITE" -v components="$components" -v os="$OS" -v host="$host" '
    $3 != "main" { next }
    !archive && $2 !~ /-/ && tolower(os) == host { archive = $1 }
    $2 == suite || $2 == suite "-updates" || $2 == suite "-security" {
      print "deb " $1 " " $2 " " components
      if ($2 == suite) found = 1
    }
    END { if (!found && archive) print "deb " archive " " suite " " components }
  '
}

# By default, apt only trusts the keys of this host's own distribution.
keyring=
distribution=$(echo "$OS" | tr '[:upper:]' '[:lower:]')
if [ "$(sed -n 's/^ID=//p' /etc/os-release)" != "$distribution" ]; then
  keyring=/usr/share/keyrings/$distribution-archive-keyring.gpg
  [ -f "$keyring" ] || die "there is no $keyring to verify packages of $OS; install the package with the keyring, such as $distribution-keyring"
fi

lines=$(sources)
[ -n "$lines" ] || die "the apt sources of this host have no archive for $SUITE; set the parameter mirror of the base image"

if command -v mmdebstrap > /dev/null; then
  # The image needs the same proxies and other download options as this host.
  options=$(mktemp)
  clean_up() { rm -f "$options"; }
  at_exit clean_up
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries)' > "$options" || :
  # Keeps the folders of manual pages: update-alternatives fails without them. dpkg need not write each file to the disk:
  # build-base does that once, at the end.
  echo "$lines" | mmdebstrap ${keyring:+--keyring="$keyring"} --variant=minbase --include="$packages" --aptopt="$options" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "$SUITE" "$root" -
elif command -v debootstrap > /dev/null; then
  address=$(echo "$lines" | awk -v suite="$SUITE" '$3 == suite { print $2; exit }')
  debootstrap ${keyring:+--keyring="$keyring"} --variant=minbase --include="$packages" "$SUITE" "$root" "$address"
  echo "$lines" > "$root/etc/apt/sources.list"
else
  die 'neither mmdebstrap nor debootstrap is installed on this host'
fi

# Otherwise every clone downloads package lists.
for timer in apt-daily apt-daily-upgrade; do
  ln -sf /dev/null "$root/etc/systemd/system/$timer.timer"
done
