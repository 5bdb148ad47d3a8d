#!/bin/sh
# Lays out a Debian or Ubuntu system in $root: from $MIRROR, or from where this host has its packages from.
# Uses mmdebstrap or, where that is missing, debootstrap.
#
# environment: root OS SUITE MIRROR PACKAGES
# shellcheck source-path=SCRIPTDIR disable=SC2153,SC2154
. "${0%/*}/../common.sh"

packages=systemd,systemd-sysv,dbus,libpam-systemd,login,passwd,procps,iproute2,netbase,ca-certificates
for package in $PACKAGES; do
  packages=$packages,$package
done

# host_sources: this host's own sources, one as `address suite component` a line; apt tells only of lists that it has fetched
host_sources() {
  # apt fills in the names, not the shell.
  # shellcheck disable=SC2016
  set -- --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages'
  [ -n "$(apt-get indextargets "$@")" ] || apt-get -qq update
  apt-get indextargets "$@"
}

# sources: lines for sources.list. Updates and security fixes of the suite come along where this host has them; for
# another suite than the host's the address of its main archive serves, if that is of the same distribution.
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

# The archive of another distribution is signed with keys that apt on this host does not trust by itself.
keyring=
distribution=$(echo "$OS" | tr '[:upper:]' '[:lower:]')
if [ "$(sed -n 's/^ID=//p' /etc/os-release)" != "$distribution" ]; then
  keyring=/usr/share/keyrings/$distribution-archive-keyring.gpg
  [ -f "$keyring" ] || die "there is no $keyring to check packages of $OS with; install $distribution-keyring or the like"
fi

lines=$(sources)
[ -n "$lines" ] || die "this host's apt sources name no archive with $SUITE; set mirror in the definition of the base image"

if command -v mmdebstrap > /dev/null; then
  # Proxies and the like, which this host needs to reach its archive, are needed in the image too.
  options=$(mktemp)
  trap 'rm -f "$options"' EXIT
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries)' > "$options" || :
  # The folders of manual pages stay: update-alternatives fails without them.
  echo "$lines" | mmdebstrap ${keyring:+--keyring="$keyring"} --variant=minbase --include="$packages" --aptopt="$options" \
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

# Every clone would fetch package lists by itself.
for timer in apt-daily apt-daily-upgrade; do
  ln -sf /dev/null "$root/etc/systemd/system/$timer.timer"
done
