import { clonesOf, type Fleet } from '../../generator/model/fleet.ts';
import type { Plan } from './chains.ts';
import type { Answer, Call } from './definition.ts';
import { TaskError } from './errors.ts';
import { readFleet } from './fleet.ts';
import type { Host } from './host.ts';
import { look, type SeenClone } from './look.ts';
import { type Motion, pace } from './pace.ts';
import { type CloneResult, few, report, type Words } from './report.ts';
import { type Selection, select } from './select.ts';
import { stateOf } from './state.ts';
import type { Unmounter } from './unmounter.ts';

/** What is wrong and the remedy, by the name of the clone or of the unit. */
export type Reasons = ReadonlyMap<string, string>;

/** A change of clones from one state to another, which systemd makes and a task waits for. */
export interface Verb extends Pick<Motion, 'isDone' | 'isSettled'> {
  readonly words: Words;
  /** In which order, and how many at once, by the clones' places in the fleet. */
  plan(places: readonly number[], lanes: number): Plan<number>;
  /** What would keep which of these clones from changing. */
  obstacles(host: Host, clones: readonly SeenClone[]): Promise<Reasons>;
  /** Sets the clones in motion, and answers which units systemd refused, and why. */
  begin(host: Host, clones: readonly SeenClone[]): Promise<Reasons>;
  /** Unmounts roots, where the verb is through with clones only then. */
  unmounter?(host: Host, clones: readonly SeenClone[]): Promise<Unmounter>;
  /** Why each of these clones did not change. */
  explain(host: Host, clones: readonly SeenClone[], refusals: Reasons): Promise<Reasons>;
}

/** The parameters that all verbs have. */
export interface VerbInput extends Selection {
  readonly timeout: number;
  readonly detail: boolean;
}

/** The reasons of those clones that have one. */
export function reasonsFor(
  clones: readonly SeenClone[],
  reasonOf: (clone: SeenClone) => string | undefined,
): Reasons {
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
export async function drive(
  verb: Verb,
  { timeout, detail, ...selection }: VerbInput,
  { host, noop }: Call,
): Promise<Answer> {
  const fleet = readFleet(host);
  const seen = await look(host, select(fleet, selection));
  const todo = seen.filter((clone) => !verb.isDone(clone));

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
    throw new TaskError('clones-failed', `${some}. ${few(reasons, '; ')}`, { failed: names }, answer);
  }
  const progress = [
    pending.length > 0 &&
      `systemd is not through with ${few(pending, ', ')}; they go on by themselves: ask ${host.names.module}::status`,
    waiting.length > 0 && `the turn of ${few(waiting, ', ')} has not come; run the task again`,
  ].filter((part) => part !== false);
  const message = `${some}. After ${timeout} s ${progress.join('. And ')}, or wait longer with timeout`;
  throw new TaskError('timeout', message, { failed: names, pending: [...pending, ...waiting] }, answer);
}

async function foresee(verb: Verb, host: Host, todo: readonly SeenClone[]): Promise<Outcome> {
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
  verb: Verb,
  host: Host,
  todo: readonly SeenClone[],
  fleet: Fleet,
  timeout: number,
): Promise<Outcome> {
  if (todo.length === 0) return { results: [], pending: [], waiting: [] };
  const refusals = new Map<string, string>();
  const begin = async (clones: readonly SeenClone[]) => {
    for (const [unit, why] of await verb.begin(host, clones)) refusals.set(unit, why);
  };
  const plan = planOf(verb, todo, fleet);
  const unmounter = await verb.unmounter?.(host, todo);
  const advance = unmounter && ((some: readonly SeenClone[]) => unmounter.advance(some));
  const motion = { ...verb, begin, advance };
  const { clones, waiting, pending } = await pace(host, todo, plan, motion, timeout).finally(() =>
    unmounter?.end(),
  );

  const undone = clones.filter((clone) => !verb.isDone(clone));
  const failed = undone.filter(({ name }) => !pending.has(name) && !waiting.has(name));
  const reasons = await verb.explain(host, failed, refusals);
  const results = clones.map((clone): CloneResult => {
    const { name } = clone;
    const state = stateOf(clone);
    if (verb.isDone(clone)) return { name, result: 'changed', state };
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
function planOf(verb: Verb, clones: readonly SeenClone[], fleet: Fleet): Plan<string> {
  const names = clonesOf(fleet).map(({ name }) => name);
  const todo = new Set(clones.map(({ name }) => name));
  const places = [...names.keys()].filter((place) => todo.has(names[place] as string));
  const { chains, width } = verb.plan(places, fleet.lanes);
  return { chains: chains.map((chain) => chain.map((place) => names[place] as string)), width };
}
