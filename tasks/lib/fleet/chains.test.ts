import { describe, expect, test } from '@jest/globals';
import { startPlan, stopPlan } from './chains.ts';

const LANES = 4;

/** Every n-th of the clones of a fleet. */
const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => i * step);

describe('startPlan', () => {
  test('makes a chain of each lane of a whole fleet', () => {
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

  test('makes a chain of each clone where none has a neighbour', () => {
    expect(startPlan(every(8, 3), LANES).chains).toEqual([[0], [8], [16]]);
  });

  test('puts off clones in the middle of chains where lanes would be empty', () => {
    expect(startPlan(every(4, 8), LANES).chains).toEqual([[0, 4], [20], [12], [28], [16], [8], [24]]);
  });

  test.each([1, 2, 3, 4, 5, 7, 8, 12])('names each of every %i-th clone once, in order', (step) => {
    const positions = every(step, 50);
    const { chains } = startPlan(positions, LANES);
    expect(chains.flat().sort((a, b) => a - b)).toEqual(positions);
    for (const chain of chains) {
      expect(chain).toEqual(chain.map((_, i) => (chain[0] as number) + i * LANES));
    }
  });
});

describe('stopPlan', () => {
  test('goes backwards, by every other round of the lanes', () => {
    const { chains, concurrency } = stopPlan(every(1, 14), LANES);
    expect(chains.flat()).toEqual([11, 10, 9, 8, 3, 2, 1, 0, 13, 12, 7, 6, 5, 4]);
    expect(chains).toHaveLength(14);
    expect(concurrency).toBeGreaterThan(LANES);
  });
});
