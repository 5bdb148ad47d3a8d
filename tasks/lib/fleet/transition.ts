import { clonesOf, type Fleet } from '../../../model/fleet.ts';
import type { Answer } from '../../../model/task.ts';
import { type CloneResult, firstFew, report, type Words } from '../answer/report.ts';
import { TaskError } from '../contract/errors.ts';
import type { Host } from '../contract/host.ts';
import type { TaskContext } from '../contract/task-module.ts';
import { stateOf } from '../systemd/clone-state.ts';
import { type CloneWithUnits, readUnits } from '../systemd/clone-units.ts';
import type { Plan } from './chains.ts';
import { type ChainActions, pace } from './pace.ts';
import { readFleet } from './read-fleet.ts';
import { type Selection, selectClones } from './select-clones.ts';
import type { Unmounter } from './unmounter.ts';

/** What is wrong and the remedy, by the name of the clone or of the unit. */
export type Problems = ReadonlyMap<string, string>;

/** A change of clones from one state to another, which systemd makes and a task waits for. */
export interface Transition extends Pick<ChainActions, 'isInTargetState' | 'isFinished'> {
  readonly words: Words;
  /** In which order, and how many at once, by the clones' positions in the fleet. */
  plan(positions: readonly number[], lanes: number): Plan<number>;
  /** What would keep which of these clones from changing. */
  obstacles(host: Host, clones: readonly CloneWithUnits[]): Promise<Problems>;
  /** Sets the clones in motion, and answers which units systemd refused, and why. */
  begin(host: Host, clones: readonly CloneWithUnits[]): Promise<Problems>;
  /** Unmounts roots, where the verb is through with clones only then. */
  unmounter?(host: Host, clones: readonly CloneWithUnits[]): Promise<Unmounter>;
  /** Why each of these clones did not change. */
  explain(host: Host, clones: readonly CloneWithUnits[], refusals: Problems): Promise<Problems>;
}

/** The parameters that all verbs have. */
export interface TransitionInput extends Selection {
  readonly timeout: number;
  readonly detail: boolean;
}

/** The reasons of those clones that have one. */
export function problemsFor(
  clones: readonly CloneWithUnits[],
  reasonOf: (clone: CloneWithUnits) => string | undefined,
): Problems {
  const reasons = new Map<string, string>();
  for (const clone of clones) {
    const reason = reasonOf(clone);
    if (reason !== undefined) reasons.set(clone.name, reason);
  }
  return reasons;
}

/** What became of the clones that were not as they should be. */
interface Outcome {
  readonly results: readonly CloneResult[];
  /** Those of them that are still under way. */
  readonly pending: readonly string[];
  /** Those of them that it was not told of yet. */
  readonly waiting: readonly string[];
}

/**
 * Brings the chosen clones to where the verb wants them; those that are there already are not touched.
 *
 * @throws TaskError `clones-failed` or `timeout`, with the whole answer, unless all clones came about
 */
export async function runTransition(
  verb: Transition,
  { timeout, detail, ...selection }: TransitionInput,
  { host, noop }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const seen = await readUnits(host, selectClones(fleet, selection));
  const todo = seen.filter((clone) => !verb.isInTargetState(clone));

  const { results, pending, waiting } = noop
    ? await foresee(verb, host, todo)
    : await carryOut(verb, host, todo, fleet, timeout);
  const touched = new Map(results.map((result) => [result.name, result]));
  const all = seen.map(
    (clone): CloneResult =>
      touched.get(clone.name) ?? { name: clone.name, result: 'in_sync', state: stateOf(clone) },
  );

  const answer = report(all, verb.words, { noop, detail });
  const failed = all.filter(({ result }) => result === 'failed');
  if (failed.length === 0) return answer;

  const names = failed.map(({ name }) => name);
  const some = `${failed.length} of ${all.length} clones ${noop ? 'would not be' : 'are not'} ${verb.words.done}`;
  if (pending.length + waiting.length === 0) {
    const reasons = failed.map(({ name, message }) => `${name}: ${message}`);
    throw new TaskError('clones-failed', `${some}. ${firstFew(reasons, '; ')}`, { failed: names }, answer);
  }
  const progress = [
    pending.length > 0 &&
      `systemd is not through with ${firstFew(pending, ', ')}; they go on by themselves: ask ${host.names.module}::status`,
    waiting.length > 0 && `the turn of ${firstFew(waiting, ', ')} has not come; run the task again`,
  ].filter((part) => part !== false);
  const message = `${some}. After ${timeout} s ${progress.join('. And ')}, or wait longer with timeout`;
  throw new TaskError('timeout', message, { failed: names, pending: [...pending, ...waiting] }, answer);
}

async function foresee(verb: Transition, host: Host, todo: readonly CloneWithUnits[]): Promise<Outcome> {
  const obstacles = await verb.obstacles(host, todo);
  const results = todo.map((clone): CloneResult => {
    const message = obstacles.get(clone.name);
    return {
      name: clone.name,
      result: message === undefined ? 'changed' : 'failed',
      state: stateOf(clone),
      message,
    };
  });
  return { results, pending: [], waiting: [] };
}

async function carryOut(
  verb: Transition,
  host: Host,
  todo: readonly CloneWithUnits[],
  fleet: Fleet,
  timeout: number,
): Promise<Outcome> {
  if (todo.length === 0) return { results: [], pending: [], waiting: [] };
  const refusals = new Map<string, string>();
  const begin = async (clones: readonly CloneWithUnits[]) => {
    for (const [unit, why] of await verb.begin(host, clones)) refusals.set(unit, why);
  };
  const plan = planOf(verb, todo, fleet);
  const unmounter = await verb.unmounter?.(host, todo);
  const advance = unmounter && ((some: readonly CloneWithUnits[]) => unmounter.advance(some));
  const motion = { ...verb, begin, advance };
  const { clones, waiting, pending } = await pace(host, todo, plan, motion, timeout).finally(() =>
    unmounter?.end(),
  );

  const undone = clones.filter((clone) => !verb.isInTargetState(clone));
  const failed = undone.filter(({ name }) => !pending.has(name) && !waiting.has(name));
  const reasons = await verb.explain(host, failed, refusals);
  const results = clones.map((clone): CloneResult => {
    const { name } = clone;
    const state = stateOf(clone);
    if (verb.isInTargetState(clone)) return { name, result: 'changed', state };
    return {
      name,
      result: 'failed',
      state,
      message: reasons.get(name) ?? `still ${state} after ${timeout} s`,
    };
  });
  const names = undone.map(({ name }) => name);
  return {
    results,
    pending: names.filter((name) => pending.has(name)),
    waiting: names.filter((name) => !pending.has(name) && waiting.has(name)),
  };
}

/** The verb's plan for these clones, by their names. */
function planOf(verb: Transition, clones: readonly CloneWithUnits[], fleet: Fleet): Plan<string> {
  const names = clonesOf(fleet).map(({ name }) => name);
  const todo = new Set(clones.map(({ name }) => name));
  const positions = [...names.keys()].filter((position) => todo.has(names[position] as string));
  const { chains, concurrency } = verb.plan(positions, fleet.lanes);
  return { chains: chains.map((chain) => chain.map((position) => names[position] as string)), concurrency };
}
