import { describe, expect, test } from '@jest/globals';
import { arrivalsOfSynthetic, syntheticParts } from '../testing/synthetic.ts';
import { checkResult } from './check-result.ts';
import { merge } from './merge.ts';

/** A small version of `spec/load/scale.ts`. */
describe('a test on ten hosts', () => {
  const size = { hosts: 10, clones: 200, hours: 2 };
  test('has all of their runs in its result', () => {
    const result = merge([...syntheticParts(size)]);
    checkResult(result);
    expect(arrivalsOfSynthetic(size)).toBe(8000);
    expect(result.total).toMatchObject({ arrivals: 8000, good: 8000, offered: 66.66666666666667 });
    expect(result.total.latencies.total?.count).toBe(8000);
    expect(result.windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(8000);
    expect(result.hosts).toHaveLength(10);
    expect(result.verdict).toMatchObject({ passed: true, bottleneck: 'none', warnings: [] });
  });
});
