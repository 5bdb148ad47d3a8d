# Prints the seconds of CPU that a run takes which the resident agent of a clone forks for, the mean of several clones'.
#
# usage: resident-run-cost.sh (UNIT CLONE)...
set -eu

usage() {
  sed -n 's/^usage_usec //p' "/sys/fs/cgroup/machine.slice/$1/cpu.stat"
}

# The host has the same agent as its clones.
summary=$(puppet config print lastrunfile --section agent)
clones=0
sum=0
while [ $# -gt 0 ]; do
  file=/var/lib/machines/$2$summary
  last=$(stat -c %Y.%i "$file")
  before=$(usage "$1")
  systemctl --machine="$2" kill --kill-whom=main --signal=USR1 puppet.service
  tries=0
  until [ "$(stat -c %Y.%i "$file")" != "$last" ]; do
    [ $((tries += 1)) -lt 300 ] || { echo "$2 did not run when it was told to" >&2; exit 1; }
    sleep 0.2
  done
  # The report is sent after that.
  sleep 3
  sum=$((sum + $(usage "$1") - before))
  clones=$((clones + 1))
  shift 2
done
awk "BEGIN { print $sum / $clones / 1000000 }"
