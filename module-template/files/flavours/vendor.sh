# The agent from its vendor's repository, or from a copy of it. Sourced by build-base.
# shellcheck shell=sh disable=SC2154

# The vendor's release package configures the repository and its keys.
file=$stage/${RELEASE_PACKAGE##*/}
fetch "$REPOSITORY/$RELEASE_PACKAGE" "$root$file"
install_packages "$file"

host=${REPOSITORY#*://}
host=${host%%[/:]*}
login=
if [ -f "$definition/credentials" ]; then
  { read -r login; read -r password; } < "$definition/credentials"
fi

# use_copy FOLDER: replaces the vendor's address in the files of the release package with that of the repository
use_copy() {
  # Characters that are special to sed.
  copy=$(printf '%s\n' "$REPOSITORY" | sed 's/[&|\\]/\\&/g')
  # Some release packages use http for it.
  find "$1" -type f -exec sed -i "s|https\{0,1\}://${VENDOR#*://}|$copy|g" {} +
  grep -rqF "$REPOSITORY" "$1" ||
    die "$name: ${RELEASE_PACKAGE##*/} contains neither $VENDOR nor $REPOSITORY; use the vendor's unmodified package"
}

# newest_version: prints the newest version in the repository that begins with $VERSION. Not left to a pattern for apt,
# which would match versions in any repository, regardless of its preferences.
newest_version() {
  in_image apt-cache madison "$AGENT_PACKAGE" | awk -v repository="${REPOSITORY%/}" -v asked="$VERSION" '
    index($5, repository) == 1 && (asked == "" || index($3, asked ".") == 1 || index($3, asked "-") == 1) { print $3; exit }
  ' | grep . || die "$name: there is no $AGENT_PACKAGE $VERSION in $REPOSITORY"
}

case $RELEASE_PACKAGE in
  *.deb)
    use_copy "$root/etc/apt/sources.list.d"
    # Some distributions have packages of the same name.
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
    available=$(newest_version)
    install_packages "$AGENT_PACKAGE=$available"
    rm -f "$secret"
    ;;
  *.rpm)
    use_copy "$root/etc/yum.repos.d"
    # dnf only reads credentials from the repository's file, or from a command line that all users can see.
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
