# The agent from the image's own distribution. Sourced by build-base.
# shellcheck shell=sh disable=SC2154

# The package is called puppet-agent, and puppet before Debian 12 and Ubuntu 23.04.
# Not `apt-cache show`, which also knows names without a package.
if [ -n "$(in_image apt-cache madison puppet-agent)" ]; then
  package=puppet-agent
else
  package=puppet
fi
install_packages "$(pinned "$package" "$VERSION")"
