import type { Output } from '../contract/host.ts';
import { plainText } from './plain-text.ts';

/** Result of an agent run that a task started. */
export interface AgentRun {
  readonly outcome: 'unchanged' | 'changed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly message?: string;
}

/** Offset of the agent's exit code, to tell it from that of systemd-run. */
const OFFSET = 100;

/**
 * Runs the agent once. Prints the errors and the last line of its log.
 *
 * In mode `timer`, the agent runs as by its timer: when the host has room, and with precompiled code. The log goes to a
 * file first, so that the run does not depend on who reads it.
 */
export const AGENT_RUN = `
PATH=/opt/puppetlabs/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
log=$(mktemp) || exit
if [ -x /usr/share/puppet-clone-army/run-agent ]; then
  set -- /usr/share/puppet-clone-army/run-agent
else
  set -- puppet agent --onetime --no-daemonize --no-splay --waitforcert=0
fi
"$@" --verbose --color=false --detailed-exitcodes > "$log" 2>&1
code=$?
[ "$code" -le ${OFFSET} ] || code=${OFFSET}
grep -m 5 -e '^Error: ' -e skipping -e Skipping "$log"
tail -n 1 "$log"
rm -f "$log"
exit $((${OFFSET} + code))
`;

/** Messages of an agent that does not run, and what they mean. */
const SKIPPED: readonly (readonly [RegExp, string])[] = [
  [
    /^Notice: Skipping run of .*administratively disabled/m,
    'its agent is disabled: run puppet agent --enable in the clone',
  ],
  [/^Notice: Run of .* already in progress; skipping/m, 'its agent is already running'],
  [/^Another puppet instance is already running/m, 'its agent is already running'],
  [/^The host has been too busy/m, 'the host is too busy'],
];

/** systemd-run found a unit of the same name. */
const IN_PROGRESS = /Unit \S+ (already exists|was already loaded)/;

/** Interprets the result of {@link AGENT_RUN}, which has the exit codes of `puppet agent --detailed-exitcodes`. */
export function agentRunOf({ code, stdout, stderr }: Output): AgentRun {
  if (IN_PROGRESS.test(stderr)) {
    return {
      outcome: 'skipped',
      message: 'an agent run that this task started earlier is still in progress',
    };
  }
  if (code < OFFSET) {
    const why = plainText(stderr.trim()) || `exit code ${code}`;
    return { outcome: 'failed', message: `the agent could not be started: ${why}` };
  }
  switch (code - OFFSET) {
    case 0:
      return { outcome: 'unchanged' };
    case 2:
      return { outcome: 'changed' };
    default:
      return unsuccessful(code - OFFSET, stdout);
  }
}

function unsuccessful(code: number, log: string): AgentRun {
  const [, skipped] = SKIPPED.find(([message]) => message.test(log)) ?? [];
  if (code === 1 && skipped !== undefined) return { outcome: 'skipped', message: skipped };
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => one.startsWith('Error: ')) ?? lines[lines.length - 1] ?? '';
  const text = plainText(line.replace(/^Error: /, ''));
  return { outcome: 'failed', message: text || `the agent ended with exit code ${code}` };
}
