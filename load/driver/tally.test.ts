import { expect, test } from '@jest/globals';
import type { Outcome, RunRecord } from '../../model/load/record.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { bucketOf, percentileOf, Tally } from './tally.ts';

const record = (outcome: Outcome, latency: number | null = null): RunRecord => ({
  number: 0,
  clone: 'clone1',
  group: 'debian-13',
  phase: 0,
  due: 1000,
  started: latency === null ? null : 1000,
  ended: latency === null ? null : 1000 + latency,
  outcome,
});

test('counts arrivals by what became of them', () => {
  const tally = new Tally();
  for (let i = 0; i < 5; i++) tally.start();
  tally.skip(record('dropped'));
  tally.skip(record('held_back'));
  tally.end(record('ok', 2000));
  tally.end(record('changed', 2010));
  tally.end(record('busy', 50));
  tally.end(record('held_back'));
  expect(tally.counts()).toMatchObject({
    due: 7,
    started: 5,
    good: 2,
    failed: 1,
    dropped: 1,
    heldBack: 2,
    running: 1,
  });
  expect(tally.counts().latencies.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(percentileOf(tally.counts().latencies, 95)).toBeCloseTo(2.0, 0);
  expect(percentileOf([], 50)).toBeNull();
});

test('a percentile is within 5 % of the latencies in its bucket', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 86_400_000 }), (latency) => {
      const counts = Array.from({ length: bucketOf(latency) + 1 }, () => 0);
      counts[counts.length - 1] = 1;
      const ratio = (percentileOf(counts, 95) as number) / (latency / 1000);
      expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.05));
    }),
  );
  expect([0, 9, 10, 10.9, 11.1].map(bucketOf)).toEqual([0, 0, 1, 1, 2]);
});
