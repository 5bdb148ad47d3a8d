import type { Answer } from '../../../model/task.ts';
import type { State } from '../systemd/clone-state.ts';
import { listedClones } from './listed-clones.ts';

/** What became of one clone. */
export interface CloneResult {
  readonly name: string;
  readonly result: 'changed' | 'in_sync' | 'failed';
  readonly state: State;
  /** What went wrong, and the remedy. */
  readonly message?: string;
}

/** How a verb's results are told to people. */
export interface Words {
  readonly done: string;
  readonly already: string;
  readonly would: string;
}

/** Failed clones that the summary tells of one by one. */
const FAILURES_SHOWN = 10;

/** The answer of a verb: how many clones of which result, the clones, and the same in a few lines for people. */
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
    `${totals.clones} clones: ${totals.changed} ${noop ? words.would : words.done}, ${totals.in_sync} ${words.already}, ${totals.failed} failed`,
    ...failed.slice(0, FAILURES_SHOWN).map(({ name, message }) => `${name}: ${message}`),
  ];
  if (failed.length > FAILURES_SHOWN) lines.push(`and ${failed.length - FAILURES_SHOWN} more that failed`);
  const listing = listedClones(clones, ({ result }) => result === 'failed', 'those that failed', detail);
  if (listing.note !== undefined) lines.push(listing.note);
  return { ...(noop ? { noop } : {}), totals, clones: listing.clones, _output: lines.join('\n') };
}

/** How many of a list an error names. */
const NAMED = 3;

/** The first few of a list, and how many more there are. */
export function firstFew(items: readonly string[], separator: string): string {
  const more = items.length > NAMED ? `${separator}and ${items.length - NAMED} more` : '';
  return items.slice(0, NAMED).join(separator) + more;
}
