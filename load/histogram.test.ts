import { describe, expect, test } from '@jest/globals';
import { fc } from '../validation/testing/fast-check.ts';
import { decodeHistogram, encodeHistogram, newHistogram, recordMilliseconds, sumOf } from './histogram.ts';

describe('histograms', () => {
  test('survive a file with their counts and percentiles', () => {
    const histogram = newHistogram();
    for (let value = 1; value <= 10_000; value += 1) histogram.recordValue(value);
    const read = decodeHistogram(encodeHistogram(histogram));
    expect(read.totalCount).toBe(10_000);
    expect(read.getValueAtPercentile(95)).toBe(histogram.getValueAtPercentile(95));
    expect(Math.abs(read.getValueAtPercentile(95) / 9500 - 1)).toBeLessThan(0.001);
  });

  test('of several hosts add up', () => {
    const [one, other] = [newHistogram(), newHistogram()];
    one.recordValue(1000);
    other.recordValueWithCount(90_000_000, 2);
    one.add(decodeHistogram(encodeHistogram(other)));
    expect(one.totalCount).toBe(3);
    expect(one.getValueAtPercentile(99) / 90_000_000).toBeCloseTo(1, 2);
  });

  test('add up to the same, whatever the order and the grouping', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 50 });
    const figures = (histogram: ReturnType<typeof newHistogram>) => ({
      counts: histogram.toJSON(),
      mean: histogram.mean,
    });
    fc.assert(
      fc.property(fc.array(latencies, { minLength: 3, maxLength: 3 }), (hosts) => {
        const [a, b, c] = hosts.map((values) => {
          const histogram = newHistogram();
          for (const value of values) recordMilliseconds(histogram, value);
          return encodeHistogram(histogram);
        }) as [string, string, string];
        const all = figures(sumOf([a, b, c]));
        expect(figures(sumOf([c, a, b]))).toEqual(all);
        expect(figures(sumOf([encodeHistogram(sumOf([a, b])), c]))).toEqual(all);
        expect(figures(sumOf([a, encodeHistogram(sumOf([b, c]))]))).toEqual(all);
      }),
      { numRuns: 20 },
    );
  });

  test('are refused if the text is none', () => {
    expect(() => decodeHistogram('AAAA')).toThrow();
  });
});
