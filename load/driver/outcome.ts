import type { Outcome, RunRecord } from '../../model/load/record.ts';
import { plainText } from '../../tasks/lib/clone/plain-text.ts';
import type { RunResult } from './run-result.ts';

/** The part of a record that tells how a run went. */
export type RunOutcome = Pick<
  RunRecord,
  'certname' | 'started' | 'ended' | 'outcome' | 'status' | 'message' | 'seconds'
>;

interface Failure {
  readonly outcome: Outcome;
  readonly status?: number;
  /** Line of the log that says so. */
  readonly line: string;
}

/** Messages of agents, in the order of their weight. An error of a resource counts only if it quotes an answer of the server. */
const MESSAGES: readonly (readonly [Outcome, RegExp])[] = [
  ['busy', /\bError 503 on SERVER|Too many HTTP retries for/],
  ['catalog_failed', /\bError (\d{3}) on SERVER/],
  [
    'refused',
    /^(?!Error: \/Stage).*(Connection refused|ECONNREFUSED|No route to host|Network is unreachable)/,
  ],
  [
    'timed_out',
    /^(?!Error: \/Stage).*(timed out (connect|read|write) operation|execution expired|ETIMEDOUT)/,
  ],
  ['locked', /^Notice: Run of .* already in progress; skipping|^Another puppet instance is already running/],
];

/** The server answered 503 and told the agent to come back later, and the agent waits. */
const WAITING = /^Warning: Sleeping for \d+ seconds before retrying/;

/** Exit code of timeout(1). */
const TIMED_OUT = 124;

/** Exit code of a shell whose command was killed by SIGKILL. timeout(1) also uses that if a run ignores SIGTERM. */
const KILLED = 137;

/**
 * Tells how a run went, and why it failed.
 *
 * The exit code alone does not say: an agent that gets no catalog applies the one of its last run, and succeeds.
 *
 * @param timeout - seconds after which a run is ended
 */
export function outcomeOf(result: RunResult, timeout: number): RunOutcome {
  const { started, ended, seconds, code } = result;
  const failure = failureOf(result, timeout);
  if (failure === undefined) return { started, ended, outcome: code === 2 ? 'changed' : 'ok', seconds };
  const { outcome, status, line } = failure;
  const message = plainText(line.replace(/^(Error|Warning|Notice): /, ''));
  return { started, ended, outcome, ...(status === undefined ? {} : { status }), message, seconds };
}

function failureOf(result: RunResult, timeout: number): Failure | undefined {
  const { code, log } = result;
  const last = log[log.length - 1] ?? '';
  const line = log.find((one) => one.startsWith('Error: ')) ?? last;
  if (code >= TIMED_OUT) return endedEarly(result, timeout, line);
  const known = knownFailure(log);
  if (known !== undefined) return known;
  if (code === 0 || code === 2) return undefined;
  if (code === 4 || code === 6) return { outcome: 'failed_resources', line };
  return { outcome: 'failed', line: line || `the agent ended with exit code ${code}` };
}

function endedEarly({ code, log, started, ended }: RunResult, timeout: number, line: string): Failure {
  const isLate = code === TIMED_OUT || (code === KILLED && ended - started >= timeout * 1000);
  if (!isLate && code > 128) return { outcome: 'killed', line: line || `ended by signal ${code - 128}` };
  if (!isLate) return { outcome: 'failed', line: line || `the agent cannot be run: exit code ${code}` };
  const waiting = log.find((one) => WAITING.test(one));
  if (waiting !== undefined) return { outcome: 'busy', status: 503, line: waiting };
  return { outcome: 'timed_out', line: `the run took longer than ${timeout} s` };
}

function knownFailure(log: readonly string[]): Failure | undefined {
  for (const [outcome, pattern] of MESSAGES) {
    for (const line of log) {
      const [match, digits] = pattern.exec(line) ?? [];
      if (match === undefined) continue;
      if (outcome === 'busy') return { outcome, status: 503, line };
      return outcome === 'catalog_failed' ? { outcome, status: Number(digits), line } : { outcome, line };
    }
  }
  return undefined;
}
