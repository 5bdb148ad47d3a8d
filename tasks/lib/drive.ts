import type { Answer, Call } from './definition.ts';
import { TaskError } from './errors.ts';
import { readFleet } from './fleet.ts';
import type { Host } from './host.ts';
import { look, type SeenClone } from './look.ts';
import { type CloneResult, few, report, type Words } from './report.ts';
import { type Selection, select } from './select.ts';
import { settle } from './settle.ts';
import { stateOf } from './state.ts';

/** What is wrong and the remedy, by the name of the clone or of the unit. */
export type Reasons = ReadonlyMap<string, string>;

/** A change of clones from one state to another, which systemd makes and a task waits for. */
export interface Verb {
  readonly words: Words;
  /** Whether the clone is as it should be. */
  isDone(clone: SeenClone): boolean;
  /** Whether systemd has finished with the clone, well or not. */
  isSettled(clone: SeenClone): boolean;
  /** What would keep which of these clones from changing. */
  obstacles(host: Host, clones: readonly SeenClone[]): Promise<Reasons>;
  /** Sets the clones in motion, and answers which units systemd refused, and why. */
  begin(host: Host, clones: readonly SeenClone[]): Promise<Reasons>;
  /** Why each of these clones did not change. */
  explain(host: Host, clones: readonly SeenClone[], refusals: Reasons): Promise<Reasons>;
}

/** The parameters that all verbs have. */
export interface VerbInput extends Selection {
  readonly timeout: number;
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
  /** Those of them with which systemd has not finished. */
  readonly pending: readonly string[];
}

/**
 * Brings the chosen clones to where the verb wants them; those that are there already are not touched.
 *
 * @throws TaskError `clones-failed` or `timeout`, with the whole answer, unless all clones came about
 */
export async function drive(
  verb: Verb,
  { timeout, ...selection }: VerbInput,
  { host, noop }: Call,
): Promise<Answer> {
  const seen = await look(host, select(readFleet(host), selection));
  const todo = seen.filter((clone) => !verb.isDone(clone));

  const { results, pending } = noop
    ? await foresee(verb, host, todo)
    : await carryOut(verb, host, todo, timeout);
  const touched = new Map(results.map((result) => [result.name, result]));
  const all = seen.map(
    (clone): CloneResult =>
      touched.get(clone.name) ?? { name: clone.name, result: 'in_sync', state: stateOf(clone) },
  );

  const answer = report(all, verb.words, noop);
  const failed = all.filter(({ result }) => result === 'failed');
  if (failed.length === 0) return answer;

  const names = failed.map(({ name }) => name);
  const some = `${failed.length} of ${all.length} clones ${noop ? 'would not be' : 'are not'} ${verb.words.done}`;
  if (pending.length === 0) {
    const reasons = failed.map(({ name, message }) => `${name}: ${message}`);
    throw new TaskError('clones-failed', `${some}. ${few(reasons, '; ')}`, { failed: names }, answer);
  }
  const remedy = `They go on by themselves: ask ${host.names.module}::status, or wait longer with timeout`;
  const message = `${some}. After ${timeout} s systemd is not through with ${few(pending, ', ')}. ${remedy}`;
  throw new TaskError('timeout', message, { failed: names, pending }, answer);
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
  return { results, pending: [] };
}

async function carryOut(
  verb: Verb,
  host: Host,
  todo: readonly SeenClone[],
  timeout: number,
): Promise<Outcome> {
  if (todo.length === 0) return { results: [], pending: [] };
  const refusals = await verb.begin(host, todo);
  const seen = await settle(host, todo, verb.isSettled, timeout);

  const failed = seen.filter((clone) => verb.isSettled(clone) && !verb.isDone(clone));
  const reasons = await verb.explain(host, failed, refusals);
  const results = seen.map((clone): CloneResult => {
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
  return { results, pending: seen.filter((clone) => !verb.isSettled(clone)).map(({ name }) => name) };
}
