import type { Output } from '../contract/host.ts';
import { plainText } from './plain-text.ts';

/** The end of an agent's log, or why it cannot be read. */
export interface AgentLog {
  readonly log: string | null;
  readonly message?: string;
}

/** Exit code of the script if it can read the journal. systemd-run has other ones. */
const READ = 100;

/** Maximum size of a log, in bytes. */
const LOG_MAX = 8 * 1024;

/** Maximum length of a line, in characters. */
const LINE_MAX = 1000;

/** Prints the last lines of the agent's log, whichever way it was started. */
export function agentLogScript(lines: number): string {
  return `
log=$(journalctl --no-pager --quiet --output=short-iso --identifier=puppet-agent --lines=${lines} 2>&1) || {
  printf '%s\\n' "$log" >&2
  exit 1
}
printf '%s\\n' "$log" | tail -c ${LOG_MAX}
exit ${READ}
`;
}

/** Interprets the result of {@link agentLogScript}. */
export function agentLogOf(result: Output | Error): AgentLog {
  if (result instanceof Error) return { log: null, message: result.message };
  const { code, stdout, stderr } = result;
  if (code !== READ) return { log: null, message: plainText(stderr.trim()) || `exit code ${code}` };
  const lines = stdout.split('\n').map((line) => plainText(line, LINE_MAX));
  return { log: lines.join('\n').trim() };
}
