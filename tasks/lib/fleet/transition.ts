import { clonesOf, type Fleet } from '../../../model/fleet.ts';
import type { Answer } from '../../../model/task.ts';
import { counted } from '../answer/listed-clones.ts';
import { type CloneResult, firstFew, report, type Words } from '../answer/report.ts';
import { TaskError } from '../contract/errors.ts';
import type { Host } from '../contract/host.ts';
import type { TaskContext } from '../contract/task-module.ts';
import { stateOf } from '../systemd/clone-state.ts';
import { type CloneWithUnits, readUnits } from '../systemd/clone-units.ts';
import type { Plan } from './chains.ts';
import { readFleet } from './read-fleet.ts';
import { type ChainActions, runChains } from './run-chains.ts';
import { type Selection, selectClones } from './select-clones.ts';
import type { Unmounter } from './unmounter.ts';

/** Problems with their remedies, by name of the clone or unit. */
export type Problems = ReadonlyMap<string, string>;

/** A change of clones to a target state. systemd makes the change, and a task waits for it. */
export interface Transition extends Pick<ChainActions, 'isInTargetState' | 'isFinished'> {
  readonly words: Words;
  /** Plans the order and concurrency, based on the clones' positions in the fleet. */
  plan(positions: readonly number[], lanes: number): Plan<number>;
  /** Finds problems that would prevent the change. Returns them by clone. */
  obstacles(host: Host, clones: readonly CloneWithUnits[]): Promise<Problems>;
  /** Submits the jobs of clones to systemd in one call. Returns the reasons for refused jobs by unit. */
  submit(host: Host, clones: readonly CloneWithUnits[]): Promise<Problems>;
  /** Creates an unmounter, if the target state includes unmounted roots. */
  unmounter?(host: Host, clones: readonly CloneWithUnits[]): Promise<Unmounter>;
  /** Explains by clone why these clones are not in the target state. */
  explain(host: Host, clones: readonly CloneWithUnits[], refusals: Problems): Promise<Problems>;
}

/** Parameters that all transitions have in common. */
export interface TransitionInput extends Selection {
  /** Seconds. */
  readonly timeout: number;
  readonly detail: boolean;
}

/** Collects the problems of clones that have one. */
export function problemsFor(
  clones: readonly CloneWithUnits[],
  problemOf: (clone: CloneWithUnits) => string | undefined,
): Problems {
  const problems = new Map<string, string>();
  for (const clone of clones) {
    const problem = problemOf(clone);
    if (problem !== undefined) problems.set(clone.name, problem);
  }
  return problems;
}

/** Results of the clones that were not in the target state before. */
interface Outcome {
  readonly results: readonly CloneResult[];
  /** Names of clones that are still changing. */
  readonly pending: readonly string[];
  /** Names of clones whose change has not begun. */
  readonly queued: readonly string[];
}

/**
 * Brings the selected clones to the target state. Clones that are already there are not changed.
 *
 * @throws TaskError `clones-failed` or `timeout`, including the answer, if any clone is not in the target state
 */
export async function runTransition(
  transition: Transition,
  { timeout, detail, ...selection }: TransitionInput,
  { host, noop }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const selected = await readUnits(host, selectClones(fleet, selection));
  const todo = selected.filter((clone) => !transition.isInTargetState(clone));

  const { results, pending, queued } = noop
    ? await preview(transition, host, todo)
    : await carryOut(transition, host, todo, fleet, timeout);
  const resultByName = new Map(results.map((result) => [result.name, result]));
  const all = selected.map(
    (clone): CloneResult =>
      resultByName.get(clone.name) ?? { name: clone.name, result: 'in_sync', state: stateOf(clone) },
  );

  const answer = report(all, transition.words, { noop, detail });
  const failed = all.filter(({ result }) => result === 'failed');
  if (failed.length === 0) return answer;

  const names = failed.map(({ name }) => name);
  const count = `${failed.length} of ${counted(all.length)} ${noop ? 'would not be' : 'are not'} ${transition.words.done}`;
  if (pending.length + queued.length === 0) {
    const problems = failed.map(({ name, message }) => `${name}: ${message}`);
    throw new TaskError('clones-failed', `${count}. ${firstFew(problems, '; ')}`, { failed: names }, answer);
  }
  const unfinished = [
    pending.length > 0 &&
      `still in progress after ${timeout} s: ${firstFew(pending, ', ')} (they continue in the background; check with ${host.names.module}::status)`,
    queued.length > 0 && `not begun after ${timeout} s: ${firstFew(queued, ', ')} (run the task again)`,
  ].filter((part) => part !== false);
  const message = `${count}; ${unfinished.join('; ')}. To wait longer, increase timeout`;
  throw new TaskError('timeout', message, { failed: names, pending: [...pending, ...queued] }, answer);
}

/** Reports what {@link carryOut} would do. */
async function preview(
  transition: Transition,
  host: Host,
  todo: readonly CloneWithUnits[],
): Promise<Outcome> {
  const obstacles = await transition.obstacles(host, todo);
  const results = todo.map((clone): CloneResult => {
    const message = obstacles.get(clone.name);
    return {
      name: clone.name,
      result: message === undefined ? 'changed' : 'failed',
      state: stateOf(clone),
      message,
    };
  });
  return { results, pending: [], queued: [] };
}

async function carryOut(
  transition: Transition,
  host: Host,
  todo: readonly CloneWithUnits[],
  fleet: Fleet,
  timeout: number,
): Promise<Outcome> {
  if (todo.length === 0) return { results: [], pending: [], queued: [] };
  const refusals = new Map<string, string>();
  const submit = async (clones: readonly CloneWithUnits[]) => {
    for (const [unit, reason] of await transition.submit(host, clones)) refusals.set(unit, reason);
  };
  const plan = planFor(transition, todo, fleet);
  const unmounter = await transition.unmounter?.(host, todo);
  const followUp = unmounter && ((current: readonly CloneWithUnits[]) => unmounter.unmountStopped(current));
  const actions = { ...transition, submit, followUp };
  const { clones, queued, pending } = await runChains(host, todo, plan, actions, timeout).finally(() =>
    unmounter?.end(),
  );

  const unchanged = clones.filter((clone) => !transition.isInTargetState(clone));
  const failed = unchanged.filter(({ name }) => !pending.has(name) && !queued.has(name));
  const problems = await transition.explain(host, failed, refusals);
  const results = clones.map((clone): CloneResult => {
    const { name } = clone;
    const state = stateOf(clone);
    if (transition.isInTargetState(clone)) return { name, result: 'changed', state };
    return {
      name,
      result: 'failed',
      state,
      message: problems.get(name) ?? `still ${state} after ${timeout} s`,
    };
  });
  const names = unchanged.map(({ name }) => name);
  return {
    results,
    pending: names.filter((name) => pending.has(name)),
    queued: names.filter((name) => !pending.has(name) && queued.has(name)),
  };
}

/** Converts the transition's plan from positions to names. */
function planFor(transition: Transition, clones: readonly CloneWithUnits[], fleet: Fleet): Plan<string> {
  const names = clonesOf(fleet).map(({ name }) => name);
  const todo = new Set(clones.map(({ name }) => name));
  const positions = [...names.keys()].filter((position) => todo.has(names[position] as string));
  const { chains, concurrency } = transition.plan(positions, fleet.lanes);
  return {
    chains: chains.map((chain) => chain.map((position) => names[position] as string)),
    concurrency,
  };
}
