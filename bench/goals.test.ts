import { expect, test } from '@jest/globals';
import type { Reading } from './figures.ts';
import { outcomes } from './goals.ts';

const timer = (figure: Reading['figure'], clones: number, value: number): Reading => ({
  figure,
  side: 'timer',
  clones,
  value,
});

test('a goal whose figures are missing has no outcome', () => {
  expect(outcomes([], 2)).toEqual([]);
  expect(outcomes([timer('first_apply', 1000, 9)], 2)).toEqual([]);
});

test('a ratio compares two readings', () => {
  const readings: Reading[] = [
    timer('first_apply', 1, 6),
    timer('first_apply', 100, 5),
    timer('first_apply', 1000, 10),
    { figure: 'first_apply', side: 'plain', clones: 100, value: 80 },
  ];
  expect(outcomes(readings, 2)).toMatchObject([
    { measured: '16.00 times', met: true },
    { measured: '1.67 times', met: false },
  ]);
});

test('a fleet in which a clone does not run is named', () => {
  const readings = [timer('running', 50, 50), timer('running', 300, 299)];
  expect(outcomes(readings, 2)).toMatchObject([{ measured: '299 of 300 (timer)', met: false }]);
  expect(outcomes([timer('running', 50, 50)], 2)).toMatchObject([{ met: true }]);
});

test('clones of the plain design may fail', () => {
  expect(outcomes([{ figure: 'running', side: 'plain', clones: 50, value: 31 }], 2)).toEqual([]);
});

test('sustained runs are compared with what the processors allow for agent and server', () => {
  const readings = [timer('run_cpu', 10, 1), timer('server_cpu', 10, 0.5), timer('runs_per_minute', 10, 72)];
  expect(outcomes(readings, 2)).toMatchObject([
    { goal: expect.stringContaining('CPU of a run') },
    { measured: '90 % (72 of 80)', met: true },
  ]);
});

test('every agent has to run, and no second may have more than one start beyond its share', () => {
  const readings = [
    timer('checked_in', 1000, 999),
    timer('interval', 1000, 1200),
    timer('starts_per_second', 1000, 2),
  ];
  expect(outcomes(readings, 2)).toMatchObject([
    { measured: '999 of 1,000', met: false },
    { goal: expect.stringContaining('at most 2'), met: true },
  ]);
});
