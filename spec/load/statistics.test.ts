import { expect, test } from '@jest/globals';
import { countBy, median, percentile } from './statistics.ts';

test('percentiles are values, by nearest rank', () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 20, 21, 99, 100].map((percent) => percentile(values, percent))).toEqual([1, 1, 2, 5, 5]);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(() => median([])).toThrow(RangeError);
});

test('values are counted by kind', () => {
  expect(countBy(['a', 'b', 'a'], (value) => value)).toEqual({ a: 2, b: 1 });
});
