# What builds of base images leave behind when they are killed. Sourced after common.sh.
# shellcheck shell=sh disable=SC2154

# interrupted_builds: prints the names of bases whose build was killed: it has left files, and nobody holds its lock
interrupted_builds() {
  find "$state/" -mindepth 1 -maxdepth 1 -type d \( -name '*-building' -o -name '.*-definition' \) -printf '%f\n' |
    sed 's/^[.]//; s/-[a-z]*$//' | sort -u | while read -r base; do
      if flock -n "$state/.$base.lock" true; then echo "$base"; fi
    done
}

# discard_interrupted: removes what killed builds have left
discard_interrupted() {
  interrupted_builds | while read -r base; do
    (
      # A build may have begun.
      flock -n 9 || exit 0
      discard "$state/$base-building"
      rm -rf "$state/.$base-definition"
    ) 9> "$state/.$base.lock"
  done
}

# discard FOLDER: unmounts what an interrupted build may have left mounted in it, and removes the tree
discard() {
  [ -e "$1" ] || return 0
  awk -v tree="$1/" 'index($5, tree) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -r umount
  rm -rf --one-file-system "$1"
}
