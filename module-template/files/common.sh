# Variables and functions for the scripts in this folder, which source this file.
# shellcheck shell=sh disable=SC2034,SC2154
set -eu
# Images and overlays are the same whatever umask a script is run with.
umask 022

config=/etc/puppet-clone-army
state=/var/lib/puppet-clone-army
libexec=/usr/local/libexec/puppet-clone-army

# Written once by each build of an image, so its inode identifies the image.
mark=usr/share/puppet-clone-army/agent.json

# die MESSAGE...: prints an error and exits
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# say MESSAGE...: prints progress
say() {
  printf '%s: %s\n' "${0##*/}" "$*"
}

# at_exit COMMAND: runs a command when the script ends, also by a signal, for which dash does not run an EXIT trap
at_exit() {
  # shellcheck disable=SC2064
  trap "$1" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# fleet_is KEY: succeeds if fleet.json has `true` for a key
fleet_is() {
  grep -q '"'"$1"'" *: *true' "$config/fleet.json"
}

# fleet_value KEY [FILE]: prints a top-level string of fleet.json, or of FILE in the same format
fleet_value() {
  file=${2:-$config/fleet.json}
  value=$(sed -n '/"'"$1"'" *: *"/ { s/^.*"'"$1"'" *: *"\([^"]*\)".*$/\1/p; q; }' "$file") || value=
  [ -n "$value" ] || die "$file has no \"$1\"; apply the class clone_army to rewrite it"
  printf '%s\n' "$value"
}

# replace FILE: replaces the file with standard input; a link is replaced, not followed
replace() {
  rm -rf "$1.new"
  cat > "$1.new"
  chmod 0644 "$1.new"
  mv -fT "$1.new" "$1"
}

# copy_files FROM TO: copies the files of a folder, and what links there lead to; a link that leads nowhere is skipped
copy_files() {
  find -L "$1" -type l | while IFS= read -r link; do
    say "skipping $link, a link to a file that does not exist"
  done
  mkdir -p "$2"
  (cd "$1" && find -L . -type f -print0 2> /dev/null | xargs -0 -r cp --parents -L -t "$2")
}

# carry FILE: copies a file or a folder of this host into the image at $root, unless the image has it
carry() {
  [ ! -e "$root$1" ] || return 0
  mkdir -p "$root${1%/*}"
  cp -RL --preserve=mode "$1" "$root$1"
}

# mounted: prints the clones whose roots are mounted, so every clone that runs
mounted() {
  sed -n "s|.* /var/lib/machines/\([^ ]*\) .* - overlay .*upperdir=$state/.*|\1|p" /proc/1/mountinfo | sort
}

# What systemd has loaded of the fleet: a drop-in of the target, which the generator writes.
generator=/etc/systemd/system-generators/puppet-clone-army
drop_in=/run/systemd/generator/puppet-clone-army.target.d/50-fleet.conf

# wanted FILE: prints the clones in such a drop-in
wanted() {
  sed -n 's/^Wants=puppet-clone-army@\(.*\)\.service$/\1/p' "$1" | sort
}

# is_loaded: succeeds if systemd has loaded the current fleet. Not by asking systemd whether its units are outdated, which
# makes it load thousands of them.
is_loaded() {
  [ "$(head -n 1 "$drop_in" 2> /dev/null)" = "# $("$generator" --sum)" ]
}

# replace_files FOLDER FILE...: moves files to a folder on the same file system; links there are replaced, not followed
replace_files() {
  [ ! -L "$1" ] || die "$1 is a link; it must be a folder"
  mv -f -t "$@"
}

# network_files WORK ROOT: makes names resolve in ROOT as they do on this host now. The files are made in the folder WORK.
network_files() {
  for file in /etc/hosts /etc/resolv.conf; do
    if [ -f "$file" ]; then
      cat "$file" > "$1/${file##*/}"
    else
      # Or a link that leads nowhere.
      say "this host has no file $file, so $2/etc/${file##*/} is empty"
      : > "$1/${file##*/}"
    fi
  done
  replace_files "$2/etc" "$1/hosts" "$1/resolv.conf"
}
