import { concurrentRuns } from '../model/fleet.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, CONCURRENCY, DETAIL, RUN_TIMEOUT } from './lib/answer/parameters.ts';
import { firstFew } from './lib/answer/report.ts';
import { type RunResult, runReport } from './lib/answer/run-report.ts';
import { agentReader } from './lib/clone/agent.ts';
import { AGENT_RUN, agentRunOf } from './lib/clone/agent-run.ts';
import type { LastRun } from './lib/clone/last-run.ts';
import { readLastRun } from './lib/clone/read-last-run.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';
import { runInClones } from './lib/fleet/run-in-clones.ts';
import { selectClones } from './lib/fleet/select-clones.ts';
import { stateOf } from './lib/systemd/clone-state.ts';
import { readUnits } from './lib/systemd/clone-units.ts';

export const definition = {
  name: 'run',
  description:
    'Run the agents of running clones now, a few at a time, and wait for them. Reports the outcome for each clone.',
  supportsNoop: true,
  parameters: {
    clones: CLONES,
    base: BASE,
    concurrency: CONCURRENCY,
    timeout: RUN_TIMEOUT,
    detail: DETAIL,
  },
} as const satisfies TaskDefinition;

/**
 * Runs agents now.
 *
 * @throws TaskError `clones-failed` or `timeout`, including the answer, if any run failed or has not ended
 */
export async function run(
  { concurrency, timeout, detail, ...selection }: InputOf<typeof definition>,
  { host, noop }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const selected = await readUnits(host, selectClones(fleet, selection));
  const running = selected.filter((clone) => stateOf(clone) === 'running').map(({ name }) => name);
  const begin = host.now();
  const unit = `${host.names.prefix}-run-now`;
  const limits = { concurrency: concurrency ?? concurrentRuns(fleet), seconds: timeout };
  const { ended, pending } = await runInClones(host, noop ? [] : running, limits, (clone) =>
    host.inClone(clone, unit, AGENT_RUN),
  );

  const agentOf = agentReader(host);
  const results = selected.map((clone): RunResult => {
    const { name } = clone;
    const state = stateOf(clone);
    if (state !== 'running') {
      const message = `${state}, so its agent was not run: start the clone first`;
      return { name, result: 'failed', state, message, last_run: null };
    }
    if (noop) return { name, result: 'skipped', state, message: 'noop, its agent would run', last_run: null };
    const output = ended.get(name);
    if (output === undefined) {
      const message = pending.has(name)
        ? `still in progress after ${timeout} s; it continues in the background`
        : `not begun after ${timeout} s`;
      return { name, result: 'timed_out', state, message, last_run: null };
    }
    if (output instanceof Error) {
      return { name, result: 'failed', state, message: output.message, last_run: null };
    }
    const { outcome, message } = agentRunOf(output);
    const lastRun = outcome === 'skipped' ? null : readLastRun(host, clone, agentOf(clone.base));
    return { name, result: outcome, state, message, last_run: lastRun && ifSince(begin, lastRun) };
  });
  return answerOf(results, timeout, { noop, detail });
}

/** A run if it ended after this time; null otherwise. */
function ifSince(begin: number, lastRun: LastRun): LastRun | null {
  // Agents record whole seconds.
  return Date.parse(lastRun.time) >= Math.floor(begin / 1000) * 1000 ? lastRun : null;
}

function answerOf(
  results: readonly RunResult[],
  timeout: number,
  options: { readonly noop: boolean; readonly detail: boolean },
): Answer {
  const answer = runReport(results, options);
  const named = (outcome: RunResult['result']) => results.filter(({ result }) => result === outcome);
  const [failed, late] = [named('failed'), named('timed_out')];
  if (failed.length + late.length === 0) return answer;

  const problems = [...failed, ...late].map(({ name, message }) => `${name}: ${message}`);
  const details = { failed: failed.map(({ name }) => name), pending: late.map(({ name }) => name) };
  const counts = [
    failed.length > 0 && `${failed.length} of ${results.length} agent runs failed`,
    late.length > 0 && `${late.length} of ${results.length} did not end within ${timeout} s`,
  ].filter((part) => part !== false);
  const message = `${counts.join(', ')}. ${firstFew(problems, '; ')}`;
  if (late.length === 0) throw new TaskError('clones-failed', message, details, answer);
  throw new TaskError('timeout', `${message}. To wait longer, increase timeout`, details, answer);
}
