import { describe, expect, test } from '@jest/globals';
import { randomOf } from '../schedule/random.ts';
import { drawBlocks } from '../testing/blocks.ts';
import { trial } from '../testing/trial.ts';
import { differencesOf } from './bootstrap.ts';
import { MAIN } from './questions.ts';

describe('differencesOf', () => {
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
