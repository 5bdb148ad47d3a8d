import { describe, expect, test } from '@jest/globals';
import { startPlan, stopPlan } from './chains.ts';

const LANES = 4;

/** Positions of every n-th clone. */
const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => i * step);

describe('startPlan', () => {
  test('makes one chain per lane for a whole fleet', () => {
    expect(startPlan(every(1, 10), LANES)).toEqual({
      chains: [
        [0, 4, 8],
        [1, 5, 9],
        [2, 6],
        [3, 7],
      ],
      concurrency: LANES,
    });
  });

  test('ends a chain at a gap', () => {
    expect(startPlan([0, 1, 4, 5, 12, 13, 16], LANES).chains).toEqual([[0, 4], [1, 5], [12, 16], [13]]);
  });

  test('makes one chain per clone without neighbours', () => {
    expect(startPlan(every(8, 3), LANES).chains).toEqual([[0], [8], [16]]);
  });

  test('splits chains if there are fewer chains than lanes', () => {
    expect(startPlan(every(4, 8), LANES).chains).toEqual([[0, 4], [20], [12], [28], [16], [8], [24]]);
  });

  test.each([1, 2, 3, 4, 5, 7, 8, 12])(
    'includes each clone once, in order, for every clone number %i',
    (step) => {
      const positions = every(step, 50);
      const { chains } = startPlan(positions, LANES);
      expect(chains.flat().sort((a, b) => a - b)).toEqual(positions);
      for (const chain of chains) {
        expect(chain).toEqual(chain.map((_, i) => (chain[0] as number) + i * LANES));
      }
    },
  );
});

describe('stopPlan', () => {
  test('stops every other row first, in reverse order', () => {
    const { chains, concurrency } = stopPlan(every(1, 14), LANES);
    expect(chains.flat()).toEqual([11, 10, 9, 8, 3, 2, 1, 0, 13, 12, 7, 6, 5, 4]);
    expect(chains).toHaveLength(14);
    expect(concurrency).toBeGreaterThan(LANES);
  });
});
