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
# What sed would see in an address.
copy=$(printf '%s\n' "$REPOSITORY" | sed 's/[&|\\]/\\&/g')

case $RELEASE_PACKAGE in
  *.deb)
    find "$root/etc/apt/sources.list.d" -type f -exec sed -i "s|$VENDOR|$copy|g" {} +
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
    install_packages "$(pinned "$AGENT_PACKAGE" "$VERSION")"
    rm -f "$secret"
    ;;
  *.rpm)
    find "$root/etc/yum.repos.d" -type f -exec sed -i "s|$VENDOR|$copy|g" {} +
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
