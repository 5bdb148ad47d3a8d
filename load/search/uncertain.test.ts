import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../model/load/result.ts';
import { encodeHistogram, newHistogram } from '../histogram.ts';
import { sampleResult } from '../testing/result.ts';
import { isUncertain } from './uncertain.ts';

/** A result with these numbers of runs below and above the limit of its percentile. */
function resultWith(below: number, above: number, failed = 0): Result {
  const result = sampleResult();
  const histogram = newHistogram();
  for (let i = 0; i < below; i++) histogram.recordValue(5000);
  for (let i = 0; i < above; i++) histogram.recordValue(40_000);
  const total = result.total.latencies.total as NonNullable<Result['total']['latencies']['total']>;
  const latencies = { total: { ...total, count: below + above, histogram: encodeHistogram(histogram) } };
  return {
    ...result,
    total: { ...result.total, failed, latencies },
    objectives: result.objectives.map((objective) => ({
      ...objective,
      holds: objective.figure === 'failed' ? failed === 0 : above / (below + above) <= 0.05,
    })),
  };
}

describe('isUncertain', () => {
  test.each([
    ['no run above the limit', 50, 0, false],
    ['a few of few runs', 95, 3, true],
    ['just too many of few runs', 95, 7, true],
    ['far too many', 50, 50, false],
    ['a few of many runs', 9900, 100, false],
    ['nearly 5 % of many runs', 9510, 490, true],
  ])('with %s above the limit of p95', (_, below, above, want) => {
    expect(isUncertain(resultWith(below, above))).toBe(want);
  });

  test('is false if a run failed, which a longer test would not change', () => {
    expect(isUncertain(resultWith(95, 3, 1))).toBe(false);
  });
});
