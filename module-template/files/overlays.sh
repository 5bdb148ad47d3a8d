# The base image that the overlay of each clone was made for. Sourced after common.sh.
# shellcheck shell=sh disable=SC2154
#
# prepare-clone records it in the file `base` in the clone's work folder, which the clone cannot reach:
#
#   BASE OS RELEASE INODE
#
# INODE is that of the mark in the image of the clone's last start, by which the task `status` tells images apart. The
# file disappears when the clone is reset. Overlays without it were made by earlier versions of the module.

# definition_system BASE: prints `OS RELEASE` of the definition of a base image
definition_system() {
  awk -F "'" '/^OS=/ { os = $2 } /^RELEASE=/ { release = $2 } END { if (os != "" && release != "") print os, release }' \
    "$config/bases/$1/definition" 2> /dev/null || :
}

# image_system BASE: prints `OS RELEASE` of a base image as it is built, or nothing if that is unknown
image_system() {
  if [ -s "$state/$1/usr/share/puppet-clone-army/system" ]; then
    read -r system < "$state/$1/usr/share/puppet-clone-army/system" || :
    echo "$system"
  # Images of earlier versions of the module do not say what they are.
  elif "$libexec/build-base" --check "$1" 2> /dev/null; then
    definition_system "$1"
  fi
}

# fleet_groups FILE: prints `group BASE PREFIX FIRST COUNT` for each group of a fleet.json, which has one per line
fleet_groups() {
  sed -n 's/^.*"base": "\([^"]*\)", "prefix": "\([^"]*\)", "first": \([0-9]*\), "count": \([0-9]*\).*$/group \1 \2 \3 \4/p' \
    "$1" 2> /dev/null || :
}

# overlays: prints `CLONE BASE OS RELEASE` for each overlay that belongs to a base image; ? is an unknown system. An
# overlay without a record belongs to the base image that its clone has in the present fleet.
overlays() {
  {
    find "$state/" -mindepth 1 -maxdepth 1 -name '*-overlay' -printf 'overlay %f\n'
    find "$state/" -mindepth 1 -maxdepth 1 -name '*-workdir' -printf '%p/base\0' | xargs -0 -r grep -saH '' |
      sed -n 's|^.*/\([^/]*\)-workdir/base:|record \1 |p'
    for used in $(fleet_groups "$config/fleet.json" | cut -d ' ' -f 2 | sort -u); do
      echo "system $used $(image_system "$used")"
    done
    fleet_groups "$config/fleet.json"
  } | awk '
    $1 == "overlay" { sub(/-overlay$/, "", $2); overlays[$2] }
    $1 == "record" && NF == 6 && ($2 in overlays) { print $2, $3, $4, $5; delete overlays[$2] }
    $1 == "system" { systems[$2] = NF == 4 ? $3 " " $4 : "? ?" }
    $1 == "group" {
      for (i = 0; i < $5; i++) if (($3 ($4 + i)) in overlays) print $3 ($4 + i), $2, systems[$2]
    }
  '
}

# moved FILE: prints `CLONE BASE OS RELEASE BASE OS RELEASE` for each overlay whose clone would get another base image, or
# one of another system, with the fleet in FILE
moved() {
  {
    overlays
    for used in $(fleet_groups "$1" | cut -d ' ' -f 2 | sort -u); do
      echo "system $used $(definition_system "$used")"
    done
    fleet_groups "$1"
  } | awk '
    $1 == "system" { systems[$2] = NF == 4 ? $3 " " $4 : "? ?"; next }
    NF == 4 { bases[$1] = $2; stands[$1] = $2 " " $3 " " $4 }
    $1 == "group" {
      now = $2 " " systems[$2]
      for (i = 0; i < $5; i++) {
        clone = $3 ($4 + i)
        if (!(clone in bases) || stands[clone] == now) continue
        if (bases[clone] != $2 || now !~ /[?]/ && stands[clone] !~ /[?]/) print clone, stands[clone], now
      }
    }
  '
}

# refusal: prints an error message for lines as those of `moved`, or nothing without such lines
refusal() {
  sort -V | awk -v state="$state" '
    function side(base, os, release) { return base (os == "?" ? "" : " (" os " " release ")") }
    # Adds a range of clones to the command of the remedy.
    function range(kind) {
      if (prefix[kind] != "" && ++ranges[kind] <= 20)
        folders[kind] = folders[kind] " " prefix[kind] (first[kind] == last[kind] ? last[kind] : "{" first[kind] ".." last[kind] "}") "-{overlay,workdir}"
    }
    {
      kind = "made for base image " side($2, $3, $4) ", not for " side($5, $6, $7)
      if (!(kind in count)) kinds[++n] = kind
      if (++count[kind] <= 3) names[kind] = names[kind] (count[kind] == 1 ? "" : ", ") $1
      match($1, /[0-9]+$/)
      number = substr($1, RSTART) + 0
      if (substr($1, 1, RSTART - 1) != prefix[kind] || number != last[kind] + 1) {
        range(kind)
        prefix[kind] = substr($1, 1, RSTART - 1)
        first[kind] = number
      }
      last[kind] = number
    }
    END {
      for (i = 1; i <= n; i++) {
        kind = kinds[i]
        range(kind)
        clones = count[kind] == 1 ? "overlay of " names[kind] " was " : "overlays of " count[kind] " clones (" names[kind] \
          (count[kind] > 3 ? " and " count[kind] - 3 " more" : "") ") were "
        print (i == 1 ? "the " : "and the ") clones kind ": a clone never moves to another base image; give the new one " \
          "another name and its clones another prefix, or stop these clones and remove their overlays: cd " state " && rm -rf" \
          folders[kind] \
          (ranges[kind] > 20 ? ", then try again, which names the rest" : "")
      }
    }
  '
}
