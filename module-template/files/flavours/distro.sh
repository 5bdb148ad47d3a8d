# The agent of the image's own distribution. Read by build-base.
# shellcheck shell=sh disable=SC2154
# The package is puppet-agent, before Debian 12 and Ubuntu 23.04 it was puppet.
# `apt-cache show` knows names that there is no package of.
if [ -n "$(in_image apt-cache madison puppet-agent)" ]; then
  package=puppet-agent
else
  package=puppet
fi
install_packages "$(pinned "$package" "$VERSION")"
