# Prints the CPU time of an agent run in seconds, as the mean of several clones.
#
# usage: run-cost.sh (UNIT COMMAND)...
set -eu

usage() {
  sed -n 's/^usage_usec //p' "/sys/fs/cgroup/machine.slice/$1/cpu.stat"
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
