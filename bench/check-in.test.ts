import { expect, test } from '@jest/globals';
import { intervalFor, mostInASecond } from './check-in.ts';

test.each([
  [1, 60],
  [33, 60],
  [34, 120],
  [1000, 1800],
  [2000, 3600],
  [9000, 7200],
])('%i clones run every %i s, which the clock repeats', (clones, interval) => {
  expect(intervalFor(clones)).toBe(interval);
});

test('starts are counted in any second, not in those of the clock alone', () => {
  expect(mostInASecond([0.9, 1.1, 1.8, 2.5], 60)).toBe(3);
});

test('starts of different intervals are held against each other by their place in the interval', () => {
  expect(mostInASecond([60, 120.5, 180.7, 30], 60)).toBe(3);
});

test('evenly spaced starts are as many as fit', () => {
  expect(mostInASecond([0, 0.5, 1, 1.5], 2)).toBe(2);
});
