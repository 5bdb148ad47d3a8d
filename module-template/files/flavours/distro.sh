# The agent of the image's own distribution. Read by build-base.
# shellcheck shell=sh disable=SC2154
# The package is puppet-agent, before Debian 12 and Ubuntu 23.04 it was puppet.
if in_image apt-cache show puppet-agent > /dev/null 2>&1; then
  package=puppet-agent
else
  package=puppet
fi
install_packages "$(pinned "$package" "$VERSION")"
