# The agent of the image's own distribution. Read by build-base, which has in_image.
# shellcheck shell=sh disable=SC2016
# The package is puppet-agent, before Debian 12 and Ubuntu 23.04 it was puppet.
in_image sh -ec 'apt-get -qq update
  package=puppet
  if [ -n "$(apt-cache madison puppet-agent)" ]; then package=puppet-agent; fi
  apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends install "$package"
  apt-get clean
  rm -rf /var/lib/apt/lists/*'
