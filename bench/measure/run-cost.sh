# Prints the CPU time of an agent run in seconds, as the mean of several clones.
#
# usage: run-cost.sh (GROUPS COMMAND)...
#
#   GROUPS   control groups whose CPU time counts
set -eu

usage() {
  for group in $1; do cat "/sys/fs/cgroup/$group/cpu.stat"; done | awk '$1 == "usage_usec" { sum += $2 } END { printf "%d", sum }'
}

clones=0
sum=0
while [ $# -gt 0 ]; do
  before=$(usage "$1")
  sh -c "$2" < /dev/null
  sum=$((sum + $(usage "$1") - before))
  clones=$((clones + 1))
  shift 2
done
awk "BEGIN { print $sum / $clones / 1000000 }"
