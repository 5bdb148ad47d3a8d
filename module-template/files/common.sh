# Shared by the scripts in this folder, which read it with `.` and use its variables
# shellcheck shell=sh disable=SC2034
set -eu

config=/etc/puppet-clone-army
state=/var/lib/puppet-clone-army
libexec=/usr/local/libexec/puppet-clone-army

# die MESSAGE...
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# say MESSAGE...
say() {
  printf '%s: %s\n' "${0##*/}" "$*"
}

# fleet_value KEY [FILE]: a string at the top of fleet.json, or of a file that is to become it
fleet_value() {
  file=${2:-$config/fleet.json}
  value=$(sed -n 's/^.*"'"$1"'" *: *"\([^"]*\)".*$/\1/p' "$file" | head -n 1)
  [ -n "$value" ] || die "$file has no \"$1\"; apply the class clone_army to write it again"
  printf '%s\n' "$value"
}

# replace FILE: standard input becomes the file, even where a link stands in its place
replace() {
  rm -rf "$1.new"
  cat > "$1.new"
  chmod 0644 "$1.new"
  mv -fT "$1.new" "$1"
}

# network_files ROOT: names are resolved there as they are on this host now
network_files() {
  [ ! -L "$1/etc" ] || die "$1/etc is a link; it has to be a folder"
  replace "$1/etc/resolv.conf" < /etc/resolv.conf
  replace "$1/etc/hosts" < /etc/hosts
}
