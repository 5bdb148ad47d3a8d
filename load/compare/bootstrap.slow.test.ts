import { describe, expect, test } from '@jest/globals';
import type { BlockOptions } from '../testing/blocks.ts';
import { trial } from '../testing/trial.ts';
import type { Difference } from './bootstrap.ts';
import { MAIN, PARTS } from './questions.ts';

/** Whether an interval says that there is a difference. */
function isClaim({ interval }: Difference): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}

/** Number of trials in which any figure differs, as the intervals have it. */
function claims(trials: number, before: BlockOptions, after: BlockOptions, questions = MAIN): number {
  const seeds = Array.from({ length: trials }, (_, seed) => seed);
  return seeds.filter((seed) => trial(seed, before, after, questions).some(isClaim)).length;
}

describe('differencesOf, in many trials', () => {
  // One of twenty comparisons may be wrong.
  test.each<[string, number, BlockOptions]>([
    ['few runs', 60, { blocks: 20, runs: 3 }],
    ['more runs', 20, {}],
    ['a server that is slower at times, and failures', 20, { mood: 0.6, failing: 0.02 }],
  ])('makes at most 5 %% false claims about equal tests with %s, in %i comparisons', (_, trials, options) => {
    expect(claims(trials, options, options)).toBeLessThanOrEqual(trials / 20);
  });

  test('makes as few about many figures', () => {
    expect(claims(20, {}, {}, [...MAIN, ...PARTS])).toBeLessThanOrEqual(1);
  });

  test.each<[string, BlockOptions]>([
    ['300 runs', {}],
    ['100 runs', { blocks: 25, runs: 4 }],
    ['a server that is slower at times', { mood: 0.3 }],
  ])('sees 300 ms more in each run of 1 to 2 s, with %s', (_, options) => {
    expect(claims(20, options, { ...options, shift: 300 })).toBeGreaterThanOrEqual(19);
  });

  test('gives intervals that contain the true difference', () => {
    const mean = MAIN.findIndex(({ figure }) => figure === 'mean');
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const right = seeds.filter((seed) => {
      const { low, high } = trial(seed, {}, { shift: 300 })[mean]?.interval ?? { low: 1, high: 0 };
      return low <= 0.3 && 0.3 <= high;
    });
    expect(right.length).toBeGreaterThanOrEqual(19);
  });
});
