import type { Answer } from '../../../model/task.ts';
import type { State } from '../systemd/clone-state.ts';
import { counted, listedClones } from './listed-clones.ts';

/** Result for one clone. */
export interface CloneResult {
  readonly name: string;
  readonly result: 'changed' | 'in_sync' | 'failed';
  readonly state: State;
  /** Problem and remedy, for a failed clone. */
  readonly message?: string;
}

/** Words for the results of a transition, such as "started", "already running" and "would start". */
export interface Words {
  readonly done: string;
  readonly already: string;
  readonly would: string;
  /** What else there is to do for clones that changed. */
  readonly next?: string;
}

/** Maximum number of failed clones in the summary. */
const FAILURES_SHOWN = 10;

/** Builds the answer of a transition: number of clones by result, results of clones, and a summary as text. */
export function report(
  clones: readonly CloneResult[],
  words: Words,
  { noop, detail }: { readonly noop: boolean; readonly detail: boolean },
): Answer {
  const count = (result: CloneResult['result']) => clones.filter((clone) => clone.result === result).length;
  const totals = {
    clones: clones.length,
    changed: count('changed'),
    in_sync: count('in_sync'),
    failed: count('failed'),
  };

  const failed = clones.filter(({ result }) => result === 'failed');
  const lines = [
    `${counted(totals.clones)}: ${totals.changed} ${noop ? words.would : words.done}, ${totals.in_sync} ${words.already}, ${totals.failed} failed`,
    ...failed.slice(0, FAILURES_SHOWN).map(({ name, message }) => `${name}: ${message}`),
  ];
  if (failed.length > FAILURES_SHOWN) lines.push(`and ${failed.length - FAILURES_SHOWN} more that failed`);
  if (words.next !== undefined && totals.changed > 0) lines.push(words.next);
  const listing = listedClones(clones, ({ result }) => result === 'failed', 'those that failed', detail);
  if (listing.note !== undefined) lines.push(listing.note);
  return { ...(noop ? { noop } : {}), totals, clones: listing.clones, _output: lines.join('\n') };
}

/** Maximum number of items that an error message names. */
const NAMED_MAX = 3;

/** Joins the first few items, followed by the number of the others. */
export function firstFew(items: readonly string[], separator: string): string {
  const more = items.length > NAMED_MAX ? `${separator}and ${items.length - NAMED_MAX} more` : '';
  return items.slice(0, NAMED_MAX).join(separator) + more;
}
