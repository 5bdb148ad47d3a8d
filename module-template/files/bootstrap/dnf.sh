#!/bin/sh
# Bootstraps a system of the Red Hat family in $root, from $MIRROR or from this host's own repositories.
#
# environment: root OS RELEASE MIRROR, and PACKAGES for further packages
# shellcheck source-path=SCRIPTDIR disable=SC2153,SC2154
. "${0%/*}/../common.sh"

keys=/etc/pki/rpm-gpg
dnf_conf=/etc/dnf/dnf.conf

# The release package of the system, and the files in $keys that may contain the key of its packages.
case $OS in
  AlmaLinux) release=almalinux-release files="RPM-GPG-KEY-AlmaLinux-$RELEASE RPM-GPG-KEY-AlmaLinux" ;;
  CentOS) release=centos-release files="RPM-GPG-KEY-centosofficial RPM-GPG-KEY-centosofficial-SHA256" ;;
  OracleLinux) release=oraclelinux-release files="RPM-GPG-KEY-oracle-ol$RELEASE RPM-GPG-KEY-oracle" ;;
  RedHat) release=redhat-release files=RPM-GPG-KEY-redhat-release ;;
  Rocky) release=rocky-release files="RPM-GPG-KEY-Rocky-$RELEASE RPM-GPG-KEY-rockyofficial" ;;
  *) die "unknown system $OS; known systems are AlmaLinux, CentOS, OracleLinux, RedHat, Rocky" ;;
esac

# mirror_keys: addresses of the key files that exist on this host
mirror_keys() {
  for file in $files; do
    [ ! -f "$keys/$file" ] || printf '%s\n' "file://$keys/$file"
  done
}

# use_mirror: makes the mirror the only enabled repository of the image
use_mirror() {
  for file in "$root"/etc/yum.repos.d/*.repo; do
    [ -f "$file" ] || continue
    awk '/^[[:space:]]*enabled[[:space:]]*=/ { next } { print } /^[[:space:]]*\[/ { print "enabled=0" }' "$file" |
      replace "$file"
  done
  mkdir -p "$root/etc/yum.repos.d"
  replace "$root/etc/yum.repos.d/clone-army.repo" << REPOSITORY
[clone-army]
name=Mirror of the base image
baseurl=$MIRROR
gpgcheck=1
gpgkey=$(mirror_keys | tr '\n' ' ' | sed 's/ $//')
REPOSITORY
}

# use_repositories_of_host: gives the image the same repositories as this host
use_repositories_of_host() {
  for folder in etc/yum.repos.d etc/dnf/vars etc/yum/vars; do
    [ -d "/$folder" ] || continue
    copy_files "/$folder" "$root/$folder"
  done
}

# use_download_options: gives the image the proxy and the certificates of this host's dnf, and the files that these options
# and its repositories name, such as the certificates of a subscription
use_download_options() {
  if [ -f "$dnf_conf" ]; then
    mkdir -p "$root/etc/dnf"
    [ -f "$root/etc/dnf/dnf.conf" ] || echo '[main]' > "$root/etc/dnf/dnf.conf"
    grep -E '^(proxy|ssl)[a-z_]*[[:space:]]*=' "$dnf_conf" >> "$root/etc/dnf/dnf.conf" || :
  fi
  cat "$root/etc/dnf/dnf.conf" "$root"/etc/yum.repos.d/*.repo 2> /dev/null |
    sed -n 's/^[[:space:]]*ssl[a-z]*[[:space:]]*=[[:space:]]*\(\/[^[:space:]]*\).*$/\1/p' | sort -u |
    while read -r file; do
      [ -e "$file" ] || die "dnf on this host uses the file $file, which does not exist"
      carry "$file"
    done
}

set -- --assumeyes --quiet --installroot="$root" --releasever="$RELEASE" \
  --setopt=install_weak_deps=False --setopt=tsflags=nodocs --setopt=gpgcheck=1
case $(dnf --version) in
  # Earlier versions use the host's repositories by default if the root has none.
  dnf5*) set -- "$@" --use-host-config ;;
esac
if [ -n "$MIRROR" ]; then
  keyring=$(mirror_keys | paste -s -d , -)
  [ -n "$keyring" ] || die "no key to verify packages of $OS $RELEASE: $keys has none of $files; install one of them there"
  set -- "$@" --repofrompath="clone-army,$MIRROR" --repo=clone-army \
    --setopt=clone-army.gpgcheck=1 --setopt=clone-army.gpgkey="$keyring"
fi

# Package scripts write to these. Real device nodes, because a mount could be left behind.
mkdir -p "$root/dev"
mknod -m 0666 "$root/dev/null" c 1 3
mknod -m 0666 "$root/dev/zero" c 1 5
mknod -m 0666 "$root/dev/random" c 1 8
mknod -m 0666 "$root/dev/urandom" c 1 9

# What a container needs to boot, to log in and to install an agent. passwd is named by its path, because it is a
# package of its own before release 10 and part of shadow-utils since.
# PACKAGES is a list of words.
# shellcheck disable=SC2086
dnf "$@" install "$release" systemd dbus util-linux shadow-utils /usr/bin/passwd procps-ng iproute ca-certificates \
  glibc-minimal-langpack dnf ${PACKAGES:-}

mkdir -p "$root$keys"
for file in "$keys"/*; do
  # Do not replace keys that the system's packages installed.
  [ ! -f "$file" ] || [ -e "$root$file" ] || cp -L "$file" "$root$file"
done
if [ -n "$MIRROR" ]; then
  use_mirror
else
  use_repositories_of_host
fi
use_download_options

# Otherwise every clone downloads metadata.
mkdir -p "$root/etc/systemd/system"
for timer in dnf-makecache dnf-automatic; do
  ln -sf /dev/null "$root/etc/systemd/system/$timer.timer"
done

rm -f "$root"/dev/*
rm -rf "$root"/var/cache/dnf "$root"/var/cache/libdnf5 "$root"/var/log/dnf*.log "$root"/var/log/hawkey.log
