import type { Block, Latencies } from '../compare/sample.ts';
import type { Random } from '../schedule/random.ts';
import { drawLatency } from './latencies.ts';

/** What the blocks of a test are like. */
export interface BlockOptions {
  readonly blocks?: number;
  readonly runs?: number;
  /** Milliseconds that are added to each run. */
  readonly shift?: number;
  /** Spread of a factor that all runs of a block share, because a server is slower at some times. */
  readonly mood?: number;
  /** Share of runs that fail. */
  readonly failing?: number;
}

/** Draws the blocks of a test whose runs take 1 to 2 s. */
export function drawBlocks(
  random: Random,
  { blocks = 30, runs = 10, shift = 0, mood = 0, failing = 0 }: BlockOptions = {},
): Block[] {
  return Array.from({ length: blocks }, () => {
    const factor = 1 + mood * (random() - 0.5);
    const total = countsOf(runs, () => drawLatency(random, 1400 * factor) + shift);
    const failed = Array.from({ length: runs }, random).filter((number) => number < failing).length;
    return {
      seconds: 10,
      arrivals: runs,
      failed,
      achieved: runs - failed,
      dropped: 0,
      latencies: { total, config_retrieval: countsOf(runs, () => drawLatency(random, 500 * factor)) },
    };
  });
}

function countsOf(runs: number, draw: () => number): Latencies {
  const counts = new Map<number, number>();
  for (let run = 0; run < runs; run++) {
    const value = draw();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
