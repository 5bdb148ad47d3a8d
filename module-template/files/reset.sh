# Resets a clone if the task reset has requested it. Sourced by prepare-clone, which runs while the clone is down.
# shellcheck shell=sh disable=SC2154

# The task writes the request. It contains the folder to keep, as the clone sees it, or nothing.
request=$state/.$clone-reset
old=$request-old
new=$request-new

# has_link TREE PATH: succeeds if a component of PATH in TREE is a link. Root in the clone may have made it, to a folder of
# this host.
has_link() {
  way=$1
  rest=${2#/}
  while [ -n "$rest" ]; do
    way=$way/${rest%%/*}
    [ ! -L "$way" ] || return 0
    case $rest in
      */*) rest=${rest#*/} ;;
      *) rest= ;;
    esac
  done
  return 1
}

# keep_folder PATH: moves a folder from the old overlay to the new one, where its parents get the same owners and modes
keep_folder() {
  [ -d "$old$1" ] || return 0
  way=
  rest=${1#/}
  [ -d "$new" ] || install -d -m 0755 "$new"
  while :; do
    case $rest in
      */*) way=$way/${rest%%/*} ;;
      *) break ;;
    esac
    rest=${rest#*/}
    [ -d "$new$way" ] || mkdir "$new$way"
    chown --reference="$old$way" "$new$way"
    chmod --reference="$old$way" "$new$way"
  done
  mv -T "$old$1" "$new$1"
}

# reset_clone: replaces the overlay. If it is interrupted, the next start of the clone continues: until the old overlay has
# moved, nothing has changed; after that, only the new one is used. The request is removed last.
reset_clone() {
  keep=$(cat "$request")
  if [ ! -e "$old" ]; then
    if [ -n "$keep" ] && has_link "$overlay" "$keep"; then
      die "$clone is not reset: $keep in its overlay leads through a link, so its certificate cannot be kept; reset it with keep_certificate=false"
    fi
    rm -rf "$new"
    [ ! -e "$overlay" ] || mv -T "$overlay" "$old"
  fi
  if [ ! -e "$overlay" ]; then
    [ -z "$keep" ] || keep_folder "$keep"
    [ ! -e "$new" ] || mv -T "$new" "$overlay"
  fi
  rm -rf --one-file-system "$old" "$new" "$work"
  rm -f "$request"
}
