# Has the resident agent of a clone run, in a process that it forks for that, and returns when the report is sent.
#
# usage: resident-run.sh CLONE SUMMARY
set -eu

file=/var/lib/machines/$1$2
last=$(stat -c %Y.%i "$file")
systemctl --machine="$1" kill --kill-whom=main --signal=USR1 puppet.service
tries=0
until [ "$(stat -c %Y.%i "$file")" != "$last" ]; do
  [ $((tries += 1)) -lt 300 ] || { echo "$1 did not run when it was told to" >&2; exit 1; }
  sleep 0.2
done
# The report is sent after that.
sleep 3
