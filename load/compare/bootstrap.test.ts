import { describe, expect, test } from '@jest/globals';
import { randomOf } from '../schedule/random.ts';
import { type BlockOptions, drawBlocks } from '../testing/blocks.ts';
import { type Difference, differencesOf } from './bootstrap.ts';
import { MAIN, PARTS } from './questions.ts';

/** Compares what two tests of these kinds measured. */
function trial(seed: number, before: BlockOptions, after: BlockOptions, questions = MAIN): Difference[] {
  return differencesOf(
    [drawBlocks(randomOf(seed, 0), before)],
    [drawBlocks(randomOf(seed, 1), after)],
    questions,
    { random: randomOf(seed, 2), paired: false, confidence: 0.95 },
  );
}

/** Whether an interval says that there is a difference. */
function isClaim({ interval }: Difference): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}

/** Number of trials in which any figure differs, as the intervals have it. */
function claims(trials: number, before: BlockOptions, after: BlockOptions, questions = MAIN): number {
  const seeds = Array.from({ length: trials }, (_, seed) => seed);
  return seeds.filter((seed) => trial(seed, before, after, questions).some(isClaim)).length;
}

describe('differencesOf', () => {
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

  test('is exact about what was measured', () => {
    const latencies = {
      total: new Map([
        [1000, 3],
        [2000, 1],
      ]),
    };
    const block = { seconds: 60, arrivals: 5, failed: 1, achieved: 4, dropped: 0, latencies };
    const options = { random: randomOf(1), paired: false, confidence: 0.95 };
    const [offered, achieved, failed, dropped, mean, p50, p95] = differencesOf(
      [[block]],
      [[block, block]],
      MAIN,
      options,
    );
    expect([offered, achieved, failed, dropped, mean, p50, p95].map((each) => each?.after)).toEqual([
      5, 4, 20, 0, 1.25, 1, 2,
    ]);
    expect(mean).toEqual({ before: 1.25, after: 1.25, interval: null });
  });

  test('gives no interval where there are too few windows, or runs beyond a percentile', () => {
    expect(trial(1, { blocks: 5 }, {}).every(({ interval }) => interval === null)).toBe(true);
    const p99 = MAIN.findIndex(({ figure }) => figure === 'p99');
    expect(trial(1, {}, {})[p99]?.interval).toBeNull();
    expect(trial(1, { runs: 40 }, { runs: 40 })[p99]?.interval).not.toBeNull();
  });

  test('does not see a difference in what both sides share, if they are of the same windows', () => {
    const width = (paired: boolean) => {
      const blocks = drawBlocks(randomOf(7), { mood: 1 });
      const slower = blocks.map((block) => ({
        ...block,
        latencies: {
          total: new Map([...(block.latencies.total ?? [])].map(([value, count]) => [value + 50, count])),
        },
      }));
      const options = { random: randomOf(8), paired, confidence: 0.95 };
      const { low, high } = differencesOf(
        [blocks],
        [slower],
        [{ figure: 'mean', metric: 'total' }],
        options,
      )[0]?.interval ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(width(true)).toBeLessThan(width(false) / 10);
  });

  test('has narrower intervals with several tests on each side', () => {
    const width = (tests: number) => {
      const side = (first: number) =>
        Array.from({ length: tests }, (_, number) => drawBlocks(randomOf(9, first + number)));
      const options = { random: randomOf(10), paired: false, confidence: 0.95 };
      const { low, high } = differencesOf(
        side(0),
        side(100),
        [{ figure: 'mean', metric: 'total' }],
        options,
      )[0]?.interval ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(width(4)).toBeLessThan(width(1));
  });
});
