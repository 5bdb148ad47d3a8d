#!/bin/sh
# Bootstraps a Debian or Ubuntu system in $root, from $MIRROR or from this host's own package sources.
# Uses mmdebstrap, or debootstrap if that is missing.
#
# environment: root OS SUITE MIRROR, and PACKAGES for further packages
# shellcheck source-path=SCRIPTDIR disable=SC2153,SC2154
. "${0%/*}/../common.sh"
. "${0%/*}/../proxy.sh"
. "${0%/*}/../apt-sources.sh"

packages=systemd,systemd-sysv,dbus,libpam-systemd,login,passwd,procps,iproute2,netbase,ca-certificates
for package in ${PACKAGES:-}; do
  packages=$packages,$package
done
case $OS in
  Ubuntu) components='main universe' ;;
  *) components=main ;;
esac

# archives: reads the sources of this host, and prints which of them the image gets: address, suite, `FILE:NUMBER`. These are
# the distribution's own, with updates and security fixes if this host has them for the suite; for another suite of the
# distribution, the main archive. Sources that the image could not read are left out, such as file: and cdrom:.
archives() {
  awk -v suite="$SUITE" -v os="$OS" -v mirror="${MIRROR%/}" '
    { sub("/$", "", $1) }
    mirror != "" { if ($1 == mirror) entry = $3; next }
    $1 !~ /^(https?|mirror|mirror[+](file|https?)|tor[+]https?):/ || tolower($4) != tolower(os) || NF > 4 { next }
    archive == "" && $2 !~ /-/ { archive = $1; entry = $3 }
    $2 == suite || $2 == suite "-updates" || $2 == suite "-security" {
      print $1, $2, $3
      if ($2 == suite) found = 1
    }
    END {
      if (mirror != "") archive = mirror
      if (archive != "" && !found) print archive, suite, entry
    }
  '
}

# sources: reads archives, and prints lines for sources.list, with the options that this host has for them
sources() {
  while read -r address suite entry; do
    options=
    [ -z "$entry" ] || options=$(options "${entry%:*}" "${entry##*:}")
    echo "deb ${options:+[$options] }$address $suite $components"
  done
}

# need_file FILE WHERE: exits with an error unless this host has the file
need_file() {
  [ -e "$1" ] || die "$2 on this host name the file $1, which does not exist"
}

trusted=/etc/apt/trusted.gpg.d
# By default, apt only trusts the keys of this host's own distribution.
keyring=
distribution=$(echo "$OS" | tr '[:upper:]' '[:lower:]')
host=$(sed -n 's/^ID=//p' /etc/os-release)
if [ "$host" != "$distribution" ]; then
  keyring=/usr/share/keyrings/$distribution-archive-keyring.gpg
  [ -f "$keyring" ] || die "there is no $keyring to verify packages of $OS; install the package with the keyring, such as $distribution-keyring"
fi

work=$(mktemp -d)
clean_up() { rm -rf "$work"; }
at_exit clean_up
# Readable by the user that apt runs as.
chmod 0755 "$work"
keys=$work/keys
mkdir "$keys"

host_sources | archives > "$work/archives"
if [ ! -s "$work/archives" ]; then
  apt-get -qq update || :
  host_sources | archives > "$work/archives"
fi
[ -s "$work/archives" ] || die "the apt sources of this host have no archive for $SUITE, over http or https and with the Origin $OS; set the parameter mirror of the base image"
sources < "$work/archives" > "$work/sources"
address=$(location "$(awk -v suite="$SUITE" '$2 == suite { print $1; exit }' "$work/archives")")

# The image needs the same proxies and other download options as this host, and the files that they name.
download_options "$address" > "$work/options"
named_files < "$work/sources" > "$work/files"
while read -r file; do need_file "$file" 'sources of apt'; done < "$work/files"
option_files < "$work/options" > "$work/option-files"
while read -r file; do need_file "$file" 'options of apt'; done < "$work/option-files"

if command -v mmdebstrap > /dev/null; then
  # Keeps the folders of manual pages: update-alternatives fails without them. dpkg need not write each file to the disk:
  # build-base does that once, at the end.
  mmdebstrap ${keyring:+--keyring="$keyring"} --variant=minbase --include="$packages" --aptopt="$work/options" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "$SUITE" "$root" - < "$work/sources"
elif command -v debootstrap > /dev/null; then
  [ -n "$keyring" ] || keyring=$(sed -n "s/^.*signed-by=\(\/[^], ]*\).* $SUITE .*\$/\1/p" "$work/sources" | head -n 1)
  proxy=$(host_proxy "$address")
  http_proxy=${proxy:-${http_proxy:-}} https_proxy=${proxy:-${https_proxy:-}} \
    debootstrap ${keyring:+--keyring="$keyring"} --variant=minbase --include="$packages" "$SUITE" "$root" "$address"
  cp "$work/sources" "$root/etc/apt/sources.list"
  cp "$work/options" "$root/etc/apt/apt.conf.d/99clone-army"
else
  die 'neither mmdebstrap nor debootstrap is installed on this host'
fi

for key in "$keys"/*; do
  [ -f "$key" ] || continue
  cp "$key" "$root/usr/share/keyrings/clone-army-${key##*/}"
  find "$root/etc/apt" -name '*.list' -exec sed -i "s|$keys/|/usr/share/keyrings/clone-army-|g" {} +
done
{ grep -vF "$keys/" "$work/files" || :; cat "$work/option-files"; } > "$work/carried"
# Without a file in signed-by, the keys that apt trusts in general apply.
if [ "$distribution" = "$host" ] && grep -qv signed-by=/ "$work/sources"; then
  for key in "$trusted"/*; do
    [ ! -f "$key" ] || echo "$key" >> "$work/carried"
  done
fi
while read -r file; do carry_for_apt "$file"; done < "$work/carried"

# Otherwise every clone downloads package lists.
for timer in apt-daily apt-daily-upgrade; do
  ln -sf /dev/null "$root/etc/systemd/system/$timer.timer"
done
