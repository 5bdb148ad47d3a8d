# The agent from its vendor's repository, or from a copy of that. Read by build-base.
# shellcheck shell=sh disable=SC2154

# The vendor's release package brings the repository's address and keys.
file=$stage/${RELEASE_PACKAGE##*/}
fetch "$REPOSITORY/$RELEASE_PACKAGE" "$root$file"
install_packages "$file"

host=${REPOSITORY#*://}
host=${host%%[/:]*}
login=
if [ -f "$definition/credentials" ]; then
  { read -r login; read -r password; } < "$definition/credentials"
fi

# use_copy FOLDER: what the release package says of the vendor's address holds for the repository
use_copy() {
  # What sed would see in an address.
  copy=$(printf '%s\n' "$REPOSITORY" | sed 's/[&|\\]/\\&/g')
  # Some release packages name it without TLS.
  find "$1" -type f -exec sed -i "s|https\{0,1\}://${VENDOR#*://}|$copy|g" {} +
  grep -rqF "$REPOSITORY" "$1" ||
    die "$name: ${RELEASE_PACKAGE##*/} names neither $VENDOR nor $REPOSITORY; take it from the vendor as it is"
}

# version_there: the newest in the repository that begins as asked. Not by a pattern: apt would take what matches from
# anywhere, whatever its preferences.
version_there() {
  in_image apt-cache madison "$AGENT_PACKAGE" | awk -v repository="${REPOSITORY%/}" -v asked="$VERSION" '
    index($5, repository) == 1 && (asked == "" || index($3, asked ".") == 1 || index($3, asked "-") == 1) { print $3; exit }
  ' | grep . || die "$name: there is no $AGENT_PACKAGE $VERSION in $REPOSITORY"
}

case $RELEASE_PACKAGE in
  *.deb)
    use_copy "$root/etc/apt/sources.list.d"
    # Some distributions have a package of the same name.
    replace "$root/etc/apt/preferences.d/clone-army" << PREFERENCES
Package: $AGENT_PACKAGE
Pin: origin "$host"
Pin-Priority: 1001
PREFERENCES
    secret=$root/etc/apt/auth.conf.d/clone-army.conf
    if [ -n "$login" ]; then
      (umask 077 && echo "machine $host login $login password $password" > "$secret")
    fi
    refresh_packages
    available=$(version_there)
    install_packages "$AGENT_PACKAGE=$available"
    rm -f "$secret"
    ;;
  *.rpm)
    use_copy "$root/etc/yum.repos.d"
    # dnf takes them from the file of the repository alone, or from a command line that all users can see.
    if [ -n "$login" ]; then
      cp -a "$root/etc/yum.repos.d" "$root$stage/yum.repos.d"
      for file in "$root"/etc/yum.repos.d/*.repo; do
        grep -qF "$REPOSITORY" "$file" || continue
        login=$login password=$password awk '
          { print }
          /^\[/ { print "username=" ENVIRON["login"]; print "password=" ENVIRON["password"] }
        ' "$file" > "$root$stage/with-credentials"
        cat "$root$stage/with-credentials" > "$file"
      done
    fi
    install_packages "$(pinned "$AGENT_PACKAGE" "$VERSION")"
    if [ -n "$login" ]; then
      rm -rf "$root/etc/yum.repos.d"
      mv "$root$stage/yum.repos.d" "$root/etc/yum.repos.d"
    fi
    ;;
esac
