# Prints how many runs go through in a span of time. Each worker has clones of its own, and goes through them in turn;
# one run it makes in any case.
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
