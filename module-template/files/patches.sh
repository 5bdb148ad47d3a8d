# Copies of the folders in `patches`. Clones are mounted on the copies, so the folders can be edited at any time. Sourced
# after common.sh and disk.sh.
# shellcheck shell=sh disable=SC2154
#
# All clones share a copy, called .patch-DIGEST. The mount unit of a clone is written before its copies are made. It
# therefore names links, which mount(2) follows. Their paths are short, because that of all layers together is limited.
links=/run/puppet-clone-army

# patch_digest FOLDER: prints a digest of the state of all files in a folder; nobody can set a change time
patch_digest() {
  (cd "$1" && find . -printf '%p %y %m %U %G %s %i %C@ %l\0' | LC_ALL=C sort -z | sha256sum | cut -c 1-16)
}

# lock_patches: waits until no other process changes copies of patches or links to them
lock_patches() {
  exec 8> "$state/.patches.lock"
  flock 8
}

# discard_patches: removes copies that no clone has a link to, and unfinished ones. The caller has the lock.
discard_patches() {
  {
    [ ! -d "$links" ] || find "$links" -type l -printf 'linked %l\n'
    find "$state/" -mindepth 1 -maxdepth 1 -name '.patch-*' -printf 'copy %p\n'
  } | awk '$1 == "linked" { linked[$2] } $1 == "copy" && !($2 in linked) { print $2 }' | xargs -r -d '\n' rm -rf --one-file-system
}

# link_patch FOLDER LINK: makes a link to a copy of a folder as it is now
link_patch() {
  [ -d "$1" ] || die "$clone: the folder $1 in patches does not exist"
  digest=$(patch_digest "$1")
  copy=$state/.patch-$digest
  if ! [ -d "$copy" ]; then
    discard_patches
    need_mib "$(($(du -sm "$1/" | cut -f 1) + 1))" "$clone: a copy of $1"
    cp -a --reflink=auto "$1/." "$copy.new"
    [ "$(patch_digest "$1")" = "$digest" ] ||
      die "$clone: files in $1 changed while they were copied; start the clone again when they are complete"
    mv -T "$copy.new" "$copy"
  fi
  ln -s "$copy" "$2"
}

# link_patches [FOLDER:FOLDER...]: makes the links of a clone that is not mounted
link_patches() {
  [ -n "${1:-}" ] || [ -d "$links/$clone" ] || return 0
  lock_patches
  rm -rf "${links:?}/$clone"
  if [ -n "${1:-}" ]; then
    mkdir -p "$links/$clone"
    number=0
    printf '%s\n' "$1" | tr : '\n' | while read -r folder; do
      link_patch "$folder" "$links/$clone/$((number += 1))"
    done
  fi
  exec 8>&-
}
