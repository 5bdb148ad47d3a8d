import type { Facts } from '../../model/load/profile.ts';
import { shellWord } from './quote.ts';

/** What the agent in a clone is run with. */
export interface SessionOptions {
  /** Path of the summary of the last run in the clone; empty if unknown. */
  readonly summary: string;
  /** Folder of the agent's keys and certificates; empty if unknown. */
  readonly ssldir: string;
  /** More options of the agent. */
  readonly options: readonly string[];
  /** Seconds after which a run is ended. */
  readonly timeout: number;
  readonly facts: Facts | null;
  /** Decides the values of the facts: positive, below 2^31, different for each clone. */
  readonly seed: number;
  /** Number of the first run, which its facts depend on. */
  readonly firstRun: number;
}

/**
 * Shell script that stays in a clone during a test and runs the agent for each line that it reads: a certname, or `-` for
 * the clone's own, and the number of the run.
 *
 * Starting a unit in the clone for each run would cost several times as much CPU, and its start would vary by tens of
 * milliseconds. When the input ends, which it does even if the driver is killed, the script removes what it has left in
 * the clone, and the clone's own runs go on.
 *
 * For each run it prints a line of figures, the summary if this run wrote it, the lines of the log that tell why the run
 * failed, and the line `end`. Lines of the summary begin with a hyphen, and those of the log with a space.
 *
 * systemd replaces variables in braces by those of its own environment, so the script has none.
 */
export function sessionScript(session: SessionOptions): string {
  const { summary, ssldir, options, timeout, facts, seed, firstRun } = session;
  return `
PATH=/opt/puppetlabs/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
summary=${shellWord(summary)}
ssl=${shellWord(ssldir)}
${WORK}
write_facts() {
  ${facts === null ? ':' : `mkdir -p /etc/facter/facts.d && ${factsCommand(facts, seed)} > "$facts.new" && mv "$facts.new" "$facts"`}
}
run_agent() {
  timeout -k 10 ${timeout} $agent --verbose --color=false --detailed-exitcodes "$@" > "$log" 2>&1 < /dev/null
}
pause
write_facts ${firstRun}
echo ready
while read -r certname run; do
  if [ "$certname" != "$name" ]; then
    remove_keys
    name=$certname
  fi
  set -- ${options.map(shellWord).join(' ')}
  [ "$name" = - ] || set -- "$@" "--certname=$name"
  : > "$begin"
  started=$(date +%s%3N)
  run_agent "$@"
  code=$?
  echo "started=$started ended=$(date +%s%3N) code=$code"
  report
  echo end
  write_facts $((run + 1))
done
clean_up
`;
}

/** Parts of the script that are the same for all clones. */
const WORK = `
mark=/run/puppet-clone-army-load
log=$mark.log
begin=$mark.begin
facts=/etc/facter/facts.d/puppet-clone-army-load.json
name=-
if [ -x /usr/share/puppet-clone-army/run-agent ]; then
  agent='/usr/share/puppet-clone-army/run-agent --now'
else
  agent='puppet agent --onetime --no-daemonize --no-splay --waitforcert=0'
fi
# The service of the clone's timer has a condition on the mark. A resident agent is stopped, and named in the mark.
pause() {
  if [ ! -s "$mark" ]; then
    : > "$mark"
    if systemctl --quiet is-active puppet.service && systemctl stop puppet.service; then
      echo puppet.service > "$mark"
    fi
  fi
  tries=0
  while systemctl --quiet is-active puppet-clone-army-run.service && [ $((tries += 1)) -le 60 ]; do sleep 1; done
}
remove_keys() {
  [ "$name" != - ] && [ -n "$ssl" ] || return 0
  for folder in certs private_keys public_keys certificate_requests; do rm -f "$ssl/$folder/$name.pem"; done
}
clean_up() {
  trap '' TERM
  remove_keys
  [ ! -s "$mark" ] || systemctl --no-block start puppet.service
  rm -f "$mark" "$log" "$begin" "$facts"
}
trap 'clean_up; exit' TERM
report() {
  set -- "$log"
  [ ! "$summary" -nt "$begin" ] || set -- "$log" "$summary"
  awk -v log_file="$log" '
    { line = substr($0, 1, 500) }
    FILENAME != log_file { if (FNR < 200) print "-" line; next }
    { last = line }
    /^Error: |Error [0-9]+ on SERVER|[Ss]kipping|Sleeping for/ && n++ < 8 { print " " line }
    END { print " " last }
  ' "$@"
}
`;

/**
 * Shell command that prints a clone's facts for the run whose number is \`$1\`. The same seed and number give the same
 * facts. The first of them change with the number, and the others stay.
 */
function factsCommand({ count, size, depth, changing }: Facts, seed: number): string {
  const values = { count, size, depth, changing: Math.round((count * changing) / 100), seed };
  const options = Object.entries(values).map(([name, value]) => `-v ${name}=${value}`);
  return `LC_ALL=C awk ${options.join(' ')} -v run="$1" '${FACTS}'`;
}

/** Park and Miller's generator: its products are exact in the floating-point numbers of awk. */
const FACTS = `
function random() { return state = state * 16807 % 2147483647 }
function times(text, n) { while (n-- > 0) printf "%s", text }
BEGIN {
  printf "{"
  for (i = 1; i <= count; i++) {
    state = (seed + 7919 * i + (i <= changing ? 104729 * run : 0)) % 2147483646 + 1
    random()
    printf "%s\\"load_test_%d\\":", (i > 1 ? "," : ""), i
    times("{\\"level\\":", depth)
    printf "\\""
    for (left = size; left > 0; left -= 8) printf "%s", substr(sprintf("%08x", random()), 1, left)
    printf "\\""
    times("}", depth)
  }
  print "}"
}`;
