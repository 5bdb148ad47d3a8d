import { expect, test } from '@jest/globals';
import { intervalFor, peakStarts } from './run-interval.ts';

test.each([
  [1, 60],
  [33, 60],
  [34, 120],
  [1000, 1800],
  [2000, 3600],
  [9000, 7200],
])('%i clones get an interval of %i s', (clones, interval) => {
  expect(intervalFor(clones)).toBe(interval);
});

test('the peak second may begin between two ticks of the clock', () => {
  expect(peakStarts([0.9, 1.1, 1.8, 2.5], 60)).toBe(3);
});

test('starts from different intervals are compared by their offset in the interval', () => {
  expect(peakStarts([60, 120.5, 180.7, 30], 60)).toBe(3);
});

test('evenly spaced starts: the peak second contains as many as fit', () => {
  expect(peakStarts([0, 0.5, 1, 1.5], 2)).toBe(2);
});
