# Base images that were replaced, and that running clones may still use. Sourced by build-base after common.sh.
# shellcheck shell=sh disable=SC2154

# clone_roots: prints the mounted roots of clones on this image or on one that it replaced. The kernel lists the layers
# under the names that they had at the time of the mount.
clone_roots() {
  awk -v image="$image" '{
    count = split($NF, words, /[,:=]/)
    for (i = 1; i <= count; i++) if (words[i] == image) { print $5; next }
  }' /proc/1/mountinfo
}

# marks TREE...: prints the inode of the mark in each tree. Through a clone's root, overlayfs shows the inode of the layer,
# even after an edit.
marks() {
  for tree; do
    printf '%s\0' "$tree/$mark"
  done | xargs -0 -r stat -c %i 2> /dev/null || :
}

# lists LIST LINE: succeeds if a list has this line
lists() {
  printf '%s\n' "$1" | grep -qxF -e "$2"
}

# discard_unused: removes replaced images that no clone uses, and sets NAME-replaced aside if one does. An image is kept
# as long as it is unknown what a clone uses, because root in a clone can remove the mark.
discard_unused() {
  # Names without blanks.
  # shellcheck disable=SC2046
  set -- $(clone_roots)
  used=$(marks "$@")
  unknown=$(($# - $(printf '%s\n' "$used" | grep -c . || :)))
  set -- "$image-replaced" "$state/.$name-replaced".*
  known=$(marks "$image" "$@")
  for inode in $(printf '%s\n' "$used" | sort -u); do
    lists "$known" "$inode" || unknown=$((unknown + 1))
  done

  for tree; do
    [ -e "$tree" ] || continue
    inode=$(marks "$tree")
    if [ "$unknown" -eq 0 ] && ! lists "$used" "${inode:-none}"; then discard "$tree"; fi
  done
  [ -e "$image-replaced" ] || return 0
  number=1
  while [ -e "$state/.$name-replaced.$number" ]; do number=$((number + 1)); done
  mv -T "$image-replaced" "$state/.$name-replaced.$number"
}

# replace_image: moves the finished image into place, and the current one to NAME-replaced
replace_image() {
  if [ ! -e "$image" ]; then
    mv -T "$root" "$image"
    return
  fi
  # In one step, with coreutils 9.5 or later.
  if mv --help | grep -q -e --exchange; then
    mv -T "$root" "$image-replaced"
    mv --exchange -T "$image-replaced" "$image"
  else
    mv -T "$image" "$image-replaced"
    mv -T "$root" "$image"
  fi
}

# restore_image: puts back the image of a build that was killed while it replaced it
restore_image() {
  if [ ! -e "$image" ] && [ -e "$image-replaced" ]; then
    mv -T "$image-replaced" "$image"
  fi
}
