import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RunRecord } from '../../model/load/record.ts';
import type { Arrival } from '../../model/load/roster.ts';
import { clock } from '../testing/clock.ts';
import { BEGIN } from '../testing/plan.ts';
import { OpenLoop, STOP_WAIT } from './open-loop.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: BEGIN - 10_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Arrivals of clones at these milliseconds. */
function arrivals(...times: readonly (readonly [at: number, clone: number])[]): Arrival[] {
  return times.map(([at, clone], number) => ({ number, at, phase: 0, host: 0, clone }));
}

/** A loop whose runs take so many milliseconds; null for runs that never end. */
function loopOf(list: readonly Arrival[], length: number | null, concurrency = 10) {
  const records: RunRecord[] = [];
  const starts: number[] = [];
  const loop = new OpenLoop({
    begin: BEGIN,
    arrivals: list,
    concurrency,
    describe: ({ clone }) => ({ clone: `clone${clone + 1}`, group: 'debian-13' }),
    run: async () => {
      const started = Date.now();
      if (length === null) return new Promise(() => {});
      await clock.sleep(length);
      return { started, ended: Date.now(), outcome: 'ok' };
    },
    onStart: () => starts.push(Date.now() - BEGIN),
    onRecord: (record) => records.push(record),
    clock,
  });
  return { loop, records, starts, outcomes: () => records.map(({ number, outcome }) => [number, outcome]) };
}

test('starts runs when they are due, and not before the test begins', async () => {
  const { loop, starts, records } = loopOf(arrivals([0, 0], [1500, 1], [1500, 2], [61_000, 0]), 4000);
  const ended = loop.start();
  await jest.advanceTimersByTimeAsync(9_999);
  expect(starts).toEqual([]);
  await jest.advanceTimersByTimeAsync(80_000);
  await ended;
  expect(starts).toEqual([0, 1500, 1500, 61_000]);
  expect(records[1]).toEqual({
    number: 1,
    phase: 0,
    due: BEGIN + 1500,
    clone: 'clone2',
    group: 'debian-13',
    started: BEGIN + 1500,
    ended: BEGIN + 5500,
    outcome: 'ok',
  });
});

test('drops a run whose clone is still busy, and does not catch up on it', async () => {
  const { loop, outcomes } = loopOf(arrivals([0, 0], [3000, 0], [4001, 0]), 4000);
  loop.start();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(outcomes()).toEqual([
    [1, 'dropped'],
    [0, 'ok'],
    [2, 'ok'],
  ]);
});

test('holds back runs beyond the limit of the host', async () => {
  const { loop, outcomes } = loopOf(arrivals([0, 0], [0, 1], [0, 2], [5000, 2]), 4000, 2);
  loop.start();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(outcomes()).toEqual([
    [2, 'held_back'],
    [0, 'ok'],
    [1, 'ok'],
    [3, 'ok'],
  ]);
});

test('does not slow down with the server', async () => {
  const list = Array.from({ length: 20 }, (_, i) => [i * 1000, i] as const);
  const { loop, starts } = loopOf(arrivals(...list), null, 100);
  loop.start();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(starts).toEqual(list.map(([at]) => at));
});

test('records a run that fails unexpectedly', async () => {
  const records: RunRecord[] = [];
  const loop = new OpenLoop({
    begin: BEGIN,
    arrivals: arrivals([0, 0]),
    concurrency: 1,
    describe: () => ({ clone: 'clone1', group: 'debian-13' }),
    run: async () => {
      throw new Error('no more processes');
    },
    onStart: () => {},
    onRecord: (record) => records.push(record),
    clock,
  });
  loop.start();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(records).toMatchObject([{ outcome: 'failed', message: 'no more processes' }]);
});

test('follows the clock if it is set', async () => {
  const { loop, starts } = loopOf(arrivals([0, 0], [600_000, 1]), 1000);
  loop.start();
  await jest.advanceTimersByTimeAsync(20_000);
  jest.setSystemTime(BEGIN + 599_500);
  await jest.advanceTimersByTimeAsync(2000);
  expect(starts).toHaveLength(2);
  expect(starts[1]).toBeLessThan(601_000);
});

test('starts nothing after a stop, and gives runs in progress a minute', async () => {
  const { loop, outcomes } = loopOf(arrivals([0, 0], [20_000, 1]), null);
  const ended = loop.start();
  await jest.advanceTimersByTimeAsync(15_000);
  loop.stop();
  await jest.advanceTimersByTimeAsync(1000);
  await ended;
  const drained = loop.drain(BEGIN + 3_600_000);
  await jest.advanceTimersByTimeAsync(STOP_WAIT);
  await drained;
  expect(outcomes()).toEqual([[0, 'held_back']]);
});
