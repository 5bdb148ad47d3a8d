# Functions that work on the image being built at $root. Sourced by build-base, and used by the flavours' scripts.
# shellcheck shell=sh disable=SC2034,SC2154

# Folder in the image for temporary files, removed at the end of the build.
stage=/var/tmp/clone-army

# in_image COMMAND...: runs a command in the image, which is not booted. All mounts disappear with the command, even if it
# is killed. Not systemd-nspawn: without --pipe, which needs systemd 242, it always gives the command a terminal.
in_image() {
  # shellcheck disable=SC2016
  unshare --mount --uts --ipc --pid --fork --kill-child sh -ec '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=0755 tmpfs "$root/run"
    mount -t tmpfs -o mode=0755 tmpfs "$root/dev"
    for device in null zero full random urandom tty; do
      : > "$root/dev/$device"
      mount --bind "/dev/$device" "$root/dev/$device"
    done
    for link in fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do
      ln -s "/proc/self/${link#*:}" "$root/dev/${link%%:*}"
    done
    mkdir -m 1777 "$root/dev/shm"
    exec chroot "$root" env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      PATH=/opt/puppetlabs/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  ' in_image "$root" "$@"
}

# in_root PATH: prints where PATH in the image is on the host. Links are resolved as they are in the image: an absolute one
# would lead to the host's own files.
in_root() {
  resolved=$(in_image realpath -m -- "$1") || die "$name: cannot resolve the path '$1' in the image"
  printf '%s%s\n' "$root" "$resolved"
}

# without_login ADDRESS: prints an address without the user and the password in it
without_login() {
  printf '%s\n' "$1" | sed 's|//[^/]*@|//|'
}

# fetch ADDRESS FILE [OPTION...]: downloads a file, on the host; the address is not in the process list
fetch() {
  from=$1
  to=$2
  shift 2
  mkdir -p "${to%/*}"
  # Nor after a redirection.
  case $from in https://*) set -- --proto =https "$@" ;; esac
  proxy=$(host_proxy "$from")
  # Neither address is in the command line, because both may contain a password.
  printf 'url = "%s"\n' "$from" |
    http_proxy=${proxy:-${http_proxy:-}} https_proxy=${proxy:-${https_proxy:-}} \
      curl --fail --silent --show-error --location --retry 2 "$@" --output "$to" --config - ||
    die "cannot fetch $(without_login "$from"): curl exit code $?"
  [ -s "$to" ] || die "$(without_login "$from") is empty"
}

# install_packages PACKAGE...: installs packages with the image's package manager; a path means a file in the image. Their
# services do not start: they would use this host's network.
install_packages() {
  # shellcheck disable=SC2016
  in_image sh -ec 'if command -v apt-get > /dev/null; then
      policy=/usr/sbin/policy-rc.d
      if [ ! -e "$policy" ]; then
        printf "#!/bin/sh\nexit 101\n" > "$policy"
        chmod 0755 "$policy"
        trap "rm $policy" EXIT
      fi
      apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends --allow-downgrades install "$@"
    else
      # Not --quiet, which hides why a repository does not answer.
      dnf --assumeyes --setopt=install_weak_deps=False install "$@"
    fi' install_packages "$@"
}

# install_idle PACKAGE...: installs packages, and disables the services and sockets that they enable. Clones share the network
# of their host, so a port is free for one of them at most; and if the service of the host restarts, a clone takes its port.
install_idle() {
  [ $# -gt 0 ] || return 0
  before=$(enabled_units)
  install_packages "$@"
  # Units are words.
  # shellcheck disable=SC2046
  set -- $(enabled_units | grep -vxF -e "$before" || :)
  [ $# -gt 0 ] || return 0
  in_image systemctl --quiet disable "$@"
  say "$name: not enabled in clones: $*"
}

# enabled_units: prints the services and sockets that start when the image boots
enabled_units() {
  in_image systemctl list-unit-files --no-legend --state=enabled --type=service,socket | awk '{ print $1 }'
}

# refresh_packages: updates the package lists, for package managers that do not do so themselves. Fails if a repository
# does not answer, which apt ignores by default.
refresh_packages() {
  in_image sh -ec '! command -v apt-get > /dev/null || apt-get -qq -o APT::Update::Error-Mode=any update'
}

# forget_packages: removes package lists and files from the image, and stops apt in clones from keeping downloads
forget_packages() {
  in_image sh -ec 'if command -v apt-get > /dev/null; then
      apt-get clean
      echo "APT::Keep-Downloaded-Packages \"false\";" > /etc/apt/apt.conf.d/00-puppet-clone-army
      rm -rf /var/lib/apt/lists/*
    else
      dnf --quiet clean all
    fi'
}

# pinned PACKAGE VERSION: prints the package manager's syntax for the newest version that begins with VERSION, if any
pinned() {
  case $BOOTSTRAPPER in
    dnf) separator='-' ;;
    *) separator='=' ;;
  esac
  case $2 in
    '') echo "$1" ;;
    # A full version is followed by the packager's revision.
    *.*.*) echo "$1$separator$2-*" ;;
    *) echo "$1$separator$2.*" ;;
  esac
}
