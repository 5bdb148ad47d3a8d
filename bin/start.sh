# Sourced by the scripts in this folder: installs Node.js and the npm packages, and defines how to run TypeScript.
# shellcheck shell=sh
set -eu

cd "$(dirname "$0")/.."
umask 022

if ! command -v node > /dev/null || ! command -v npm > /dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "${0##*/}: Node.js and npm are missing; install them, or run this as root to have them installed" >&2
    exit 1
  fi
  echo 'Installing Node.js and npm ...'
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install nodejs npm > /dev/null
fi

# On the first run, or if package-lock.json has changed since the last install.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Installing npm packages ...'
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

# The generator and the lab need Node.js 20. If the distribution's is older, a newer one comes from npm.
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  [ -x .cache/node/node_modules/.bin/node ] || npm install --prefix .cache/node --no-audit --no-fund --loglevel=error "node-linux-$(node -p process.arch)@22.23.3"
  PATH=$PWD/.cache/node/node_modules/.bin:$PATH
fi

# usage: run SCRIPT ARGUMENT...
run() {
  exec node --import tsx "$@"
}
