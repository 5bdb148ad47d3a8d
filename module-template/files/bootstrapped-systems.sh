# Systems that were bootstrapped less than a day ago, for further images. Bootstrapping takes most of a build. Sourced by
# build-base after common.sh and disk.sh.
# shellcheck shell=sh disable=SC2154

systems=/var/cache/puppet-clone-army

# system_key: prints a checksum of everything that a bootstrapped system depends on
system_key() {
  {
    printf '%s\n' "$OS" "$RELEASE" "$SUITE" "$MIRROR" "$BOOTSTRAPPER"
    cat "$libexec/bootstrap/$BOOTSTRAPPER.sh" "$libexec"/*.sh
    # This host's package sources, with their options and keys.
    find /etc/apt /etc/dnf /etc/yum.repos.d /etc/pki -type f -exec sha256sum {} + 2> /dev/null | sort
  } | sha256sum | cut -c 1-16
}

# with_systems COMMAND...: runs a command while no other build uses the kept systems. Fails if there is no place for them.
with_systems() {
  (umask 077 && mkdir -p "$systems") 2> /dev/null || return 1
  (
    flock 8
    "$@"
  ) 8> "$systems/.lock"
}

# discard_systems: removes systems that are older than a day, and incomplete ones
discard_systems() {
  find "$systems" -mindepth 1 -maxdepth 1 -type d \( -name '*.new' -o -mmin +1440 \) -exec rm -rf {} +
}

# keep_system: keeps a copy of the system at $root, if there is plenty of room
keep_system() {
  rm -rf "$kept.new"
  [ "$(free_mib "$systems")" -ge "$image_mib" ] && cp -a "$root" "$kept.new" && touch "$kept.new" && rm -rf "$kept" && mv -T "$kept.new" "$kept"
}

# use_system: copies the kept system to $root
use_system() {
  [ -d "$kept" ] && cp -a "$kept" "$root"
}

# bootstrap: creates the system of the image at $root
bootstrap() {
  kept=$systems/$(system_key)
  with_systems discard_systems || :
  if ! $fresh && with_systems use_system; then
    say "$name: copied $OS $RELEASE, which another build bootstrapped less than a day ago"
    return
  fi
  discard "$root"
  say "$name: bootstrapping $OS $RELEASE with $BOOTSTRAPPER"
  # Further packages come later, because their services stay off.
  PACKAGES='' "$libexec/bootstrap/$BOOTSTRAPPER.sh"
  # Without room for a copy, the next build takes longer.
  with_systems keep_system 2> /dev/null || with_systems discard_systems || :
}
