# The package sources of this host, for images of its distribution. Sourced by bootstrap/mmdebstrap.sh after common.sh.
# shellcheck shell=sh disable=SC2154

# host_sources: prints this host's sources of the component main, one per line: address, suite, `FILE:NUMBER` of the entry,
# Origin. apt only knows those whose lists it has downloaded.
host_sources() {
  # Expanded by apt, not by the shell.
  # shellcheck disable=SC2016
  set -- --format '$(COMPONENT) $(REPO_URI) $(RELEASE) $(SOURCESENTRY) $(ORIGIN)' 'Created-By: Packages'
  # Once for each architecture.
  apt-get indextargets "$@" | sed -n 's/^main //p' | awk '!seen[$0]++'
}

# entry FILE NUMBER: prints an entry, as `name value` per line; names in lower case. A value of several lines has \n instead.
# apt counts lines in FILE.list, and paragraphs in FILE.sources.
entry() {
  case $1 in
    *.sources)
      awk -v number="$2" '
        /^[[:space:]]*#/ { next }
        /^[[:space:]]*$/ { inside = 0; next }
        !inside { inside = 1; paragraph++ }
        paragraph != number { next }
        /^[[:space:]]/ { sub(/^[[:space:]]+[.]?/, ""); text = text "\\n" $0; next }
        { if (text != "") print text; name = $0; sub(/:.*/, "", name); sub(/^[^:]*:[[:space:]]*/, ""); text = tolower(name) " " $0 }
        END { print text }
      ' "$1"
      ;;
    *) sed -n "$2s/^[^#[]*\[\([^]]*\)\].*$/\1/p" "$1" | xargs -r -n 1 | sed 's/=/ /' ;;
  esac
}

# options FILE NUMBER: prints the options of an entry that concern how its archive is verified, in the format of
# sources.list. A key that is part of the entry is written to a file in $keys.
options() {
  entry "$1" "$2" | while read -r name value; do
    case $name in
      signed-by)
        case $value in
          *'BEGIN PGP'*)
            printf '%b\n' "${value#\\n}" > "$keys/$2-${1##*/}.asc"
            value=$keys/$2-${1##*/}.asc
            ;;
          *) value=$(printf '%b' "${value#\\n}" | tr '\n' ',') ;;
        esac
        ;;
      trusted | check-valid-until | check-date | valid-until-m?? | date-max-future | allow-* | inrelease-path | by-hash) ;;
      *) continue ;;
    esac
    printf '%s=%s\n' "$name" "$value" | sed 's/[[:space:],]\{1,\}/,/g'
  done | paste -s -d ' '
}

# named_files: reads lines for sources.list, and prints the files of this host that they name: keys and lists of mirrors
named_files() {
  sed -n 'h; s/^.*[[ ]signed-by=\([^] ]*\).*$/\1/p; g; s/^.* mirror+file:\([^ ]*\) .*$/\1/p' |
    tr ',' '\n' | sed -n 's|^//*|/|; s|/$||; /^\//p'
}

# location ADDRESS: prints the address, or the first one in the list of mirrors that it names
location() {
  case $1 in
    mirror+file:*) awk '$1 ~ /^https?:/ { print $1; exit }' "$(echo "x $1 x" | named_files)" ;;
    *) echo "$1" ;;
  esac
}

# download_options ADDRESS: prints the options of apt on this host that concern downloads. For a program that detects the
# proxy, its answer for the address takes its place, because the image may not have the program.
download_options() {
  dump=$(apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries)' | grep -viE '^[^ ]*::Proxy-?Auto-?Detect ') || :
  [ -z "$dump" ] || printf '%s\n' "$dump"
  for scheme in http https; do
    detector=
    eval "$(apt-config shell detector "Acquire::$scheme::Proxy-Auto-Detect" detector "Acquire::$scheme::ProxyAutoDetect")"
    [ -n "$detector" ] || continue
    proxy=$(host_proxy "$scheme://${1#*://}")
    [ -z "$proxy" ] || printf 'Acquire::%s::Proxy "%s";\n' "$scheme" "$proxy"
  done
}

# option_files: reads options of apt, and prints the files that they name
option_files() {
  sed -nE 's/^[^ ]*::(CaInfo|CaPath|SslCert|SslKey|CrlFile|IssuerCert) "(\/[^"]*)";$/\2/Ip'
}

# carry_for_apt FILE: does as carry; what belongs to the user of apt, does in the image too
carry_for_apt() {
  [ ! -e "$root$1" ] || return 0
  carry "$1"
  [ "$(stat -L -c %U "$1")" != _apt ] || chroot "$root" chown _apt "$1"
}
