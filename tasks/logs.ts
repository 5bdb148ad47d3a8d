import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, LINES } from './lib/answer/parameters.ts';
import { firstFew } from './lib/answer/report.ts';
import { type AgentLog, agentLogOf, agentLogScript } from './lib/clone/agent-log.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';
import { runInClones } from './lib/fleet/run-in-clones.ts';
import { selectClones } from './lib/fleet/select-clones.ts';
import { type State, stateOf } from './lib/systemd/clone-state.ts';
import { type CloneWithUnits, readUnits } from './lib/systemd/clone-units.ts';

export const definition = {
  name: 'logs',
  description:
    "Show the last lines of the agents' logs in running clones, at most 50 clones at a time. Changes nothing.",
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, lines: LINES },
} as const satisfies TaskDefinition;

/** Maximum number of clones, which bounds the size of the answer. */
const CLONES_SHOWN_MAX = 50;

/** Seconds to wait for all logs. */
const SECONDS = 60;

interface CloneLog {
  readonly name: string;
  readonly state: State;
  /** Lines of the log; null if it cannot be read. */
  readonly log: string | null;
  readonly message?: string;
}

/**
 * Shows logs.
 *
 * @throws TaskError `bad-input` for too many clones; `clones-failed`, including the answer, if a log cannot be read
 */
export async function run(
  { lines, ...selection }: InputOf<typeof definition>,
  { host }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const chosen = selectClones(fleet, selection);
  if (chosen.length > CLONES_SHOWN_MAX) {
    throw new TaskError(
      'bad-input',
      `Task logs was not run: ${chosen.length} clones are selected; the maximum is ${CLONES_SHOWN_MAX}. Choose fewer with clones`,
    );
  }
  const selected = await readUnits(host, chosen);
  const running = selected.filter((clone) => stateOf(clone) === 'running').map(({ name }) => name);
  const unit = `${host.names.prefix}-logs-${process.pid}`;
  const { ended } = await runInClones(
    host,
    running,
    { concurrency: fleet.lanes, seconds: SECONDS },
    (clone) => host.inClone(clone, unit, agentLogScript(lines)),
  );

  const clones = selected.map((clone): CloneLog => {
    const result = ended.get(clone.name);
    const { log, message } = result === undefined ? notRead(clone) : agentLogOf(result);
    return { name: clone.name, state: stateOf(clone), log, message };
  });
  return answerOf(clones);
}

function notRead(clone: CloneWithUnits): AgentLog {
  const state = stateOf(clone);
  if (state !== 'running') return { log: null, message: `${state}: its log can be read when it runs` };
  return { log: null, message: `no answer within ${SECONDS} s` };
}

function answerOf(clones: readonly CloneLog[]): Answer {
  const failed = clones.filter(({ log }) => log === null);
  const sections = clones.map(({ name, log, message }) => `==> ${name} <==\n${log ?? message ?? ''}`);
  const answer = {
    totals: { clones: clones.length, read: clones.length - failed.length, failed: failed.length },
    clones,
    _output: sections.join('\n'),
  };
  if (failed.length === 0) return answer;
  const problems = failed.map(({ name, message }) => `${name}: ${message}`);
  throw new TaskError(
    'clones-failed',
    `the logs of ${failed.length} of ${clones.length} clones cannot be read. ${firstFew(problems, '; ')}`,
    { failed: failed.map(({ name }) => name) },
    answer,
  );
}
