# What goes on in a base image while it is built, in $root; read by build-base, and used by the scripts of flavours
# shellcheck shell=sh disable=SC2034,SC2154

# Files on their way into the image; gone when it is done.
stage=/var/tmp/clone-army

# in_image COMMAND...: run a command in the image, which is not booted. Mounts end with the command, whatever becomes of it.
# Not systemd-nspawn, which before systemd 242 has nothing but a terminal for a command.
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

# fetch ADDRESS FILE [OPTION...]: download, to this host
fetch() {
  from=$1
  to=$2
  shift 2
  mkdir -p "${to%/*}"
  curl --fail --silent --show-error --location --retry 2 "$@" --output "$to" "$from" ||
    die "cannot fetch $from: curl exit code $?"
  [ -s "$to" ] || die "$from is empty"
}

# install_packages PACKAGE...: by the image's own package manager; a path is a file in the image
install_packages() {
  # shellcheck disable=SC2016
  in_image sh -ec 'if command -v apt-get > /dev/null; then
      apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends --allow-downgrades install "$@"
    else
      # Not --quiet, which keeps to itself why a repository does not answer.
      dnf --assumeyes --setopt=install_weak_deps=False install "$@"
    fi' install_packages "$@"
}

# refresh_packages: what repositories have, where the package manager does not look by itself. All of them answer, or it
# fails: by itself, apt goes on with those that do.
refresh_packages() {
  in_image sh -ec '! command -v apt-get > /dev/null || apt-get -qq -o APT::Update::Error-Mode=any update'
}

# forget_packages: lists and files that every clone would carry, or keep for itself of what its catalog installs
forget_packages() {
  in_image sh -ec 'if command -v apt-get > /dev/null; then
      apt-get clean
      echo "APT::Keep-Downloaded-Packages \"false\";" > /etc/apt/apt.conf.d/00-puppet-clone-army
      rm -rf /var/lib/apt/lists/*
    else
      dnf --quiet clean all
    fi'
}

# pinned PACKAGE VERSION: how the package manager is asked for the newest version that begins so; any, without one
pinned() {
  case $BOOTSTRAPPER in
    dnf) separator='-' ;;
    *) separator='=' ;;
  esac
  case $2 in
    '') echo "$1" ;;
    # Behind the third part comes the packager's own number.
    *.*.*) echo "$1$separator$2-*" ;;
    *) echo "$1$separator$2.*" ;;
  esac
}
