#!/bin/sh
# Lays out a system of the Red Hat family in $root: from $MIRROR, or from this host's own repositories.
#
# environment: root OS RELEASE MIRROR PACKAGES
# shellcheck source-path=SCRIPTDIR disable=SC2153,SC2154
. "${0%/*}/../common.sh"

# The package that says what system it is, and brings its keys.
case $OS in
  RedHat) release=redhat-release ;;
  CentOS) release=centos-release ;;
  Rocky) release=rocky-release ;;
  AlmaLinux) release=almalinux-release ;;
  OracleLinux) release=oraclelinux-release ;;
  *) die "no release package is known for $OS; known: RedHat, CentOS, Rocky, AlmaLinux, OracleLinux" ;;
esac

set -- --assumeyes --quiet --installroot="$root" --releasever="$RELEASE" --setopt=install_weak_deps=False --setopt=tsflags=nodocs
if [ -n "$MIRROR" ]; then
  set -- "$@" --repofrompath="clone-army,$MIRROR" --repo=clone-army
fi
# $PACKAGES is a list of words.
# shellcheck disable=SC2086
dnf "$@" install "$release" systemd dbus passwd procps-ng iproute ca-certificates $PACKAGES
dnf "$@" clean all
