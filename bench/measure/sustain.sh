# Prints how many agent runs complete within a time span. Each worker runs its own share of the commands in turn, at
# least one.
#
# usage: sustain.sh WORKERS SECONDS COMMAND...
set -eu

workers=$1
end=$(($(date +%s) + $2))
shift 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT

work() {
  worker=$1
  shift
  while :; do
    number=0
    for command; do
      number=$((number + 1))
      [ $((number % workers)) -eq "$worker" ] || continue
      sh -c "$command" < /dev/null
      [ "$(date +%s)" -lt "$end" ] || return 0
      echo run >> "$log"
    done
  done
}

worker=0
while [ "$worker" -lt "$workers" ]; do
  work "$worker" "$@" &
  worker=$((worker + 1))
done
wait
wc -l < "$log"
