import { describe, expect, test } from '@jest/globals';
import { decodeHistogram, encodeHistogram, newHistogram } from './histogram.ts';

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

  test('are refused if the text is none', () => {
    expect(() => decodeHistogram('AAAA')).toThrow();
  });
});
