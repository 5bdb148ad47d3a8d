# Triggers a run of a clone's resident agent, which forks a process for it, and waits until the report is sent.
#
# usage: resident-run.sh CLONE SUMMARY
set -eu

file=/var/lib/machines/$1$2
last=$(stat -c %Y.%i "$file")
systemctl --machine="$1" kill --kill-whom=main --signal=USR1 puppet.service
tries=0
until [ "$(stat -c %Y.%i "$file")" != "$last" ]; do
  [ $((tries += 1)) -lt 300 ] || { echo "$1 did not run after SIGUSR1" >&2; exit 1; }
  sleep 0.2
done
# The agent sends its report after it has written the summary.
sleep 3
