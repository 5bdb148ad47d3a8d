import type { Note } from '../recorder.ts';
import type { Side } from '../side.ts';
import { median } from './median.ts';

const ROUNDS = 5;

/** Applies the same catalog again. Returns the seconds that it takes. */
export async function applyUnchanged(side: Side, clones: number): Promise<number> {
  const { seconds, changed } = await side.apply(clones);
  if (changed) throw new Error(`${side.name}: applying ${clones} clones again changed something`);
  return seconds;
}

/**
 * Applies fleets of several sizes in turn, each on a host without a fleet, and notes the medians.
 *
 * On a shared machine, speed may drop by a quarter for minutes at a time, which is more than the difference between
 * sizes. Taking turns spreads that over all sizes.
 */
export async function measureAppliesInTurn(
  side: Side,
  sizes: readonly number[],
  note: Note,
  progress: (line: string) => void,
): Promise<void> {
  const seconds = sizes.map((clones) => ({ clones, first: [] as number[], unchanged: [] as number[] }));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const { clones, first, unchanged } of seconds) {
      progress(`round ${round} of ${ROUNDS}: ${clones}`);
      first.push((await side.apply(clones)).seconds);
      unchanged.push(await applyUnchanged(side, clones));
      await side.remove();
    }
  }
  for (const { clones, first, unchanged } of seconds) {
    note('first_apply', side, clones, median(first));
    note('unchanged_apply', side, clones, median(unchanged));
  }
}
