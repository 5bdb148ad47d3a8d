import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Progress } from '../../model/load/progress.ts';
import type { RunRecord } from '../../model/load/record.ts';
import type { Sample } from '../../model/load/sample.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import { clock } from '../testing/clock.ts';
import { BEGIN, planOf } from '../testing/plan.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { PROC_FILES, type ProcFiles } from './host-sample.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: BEGIN - 5000 });
});
afterEach(() => {
  jest.useRealTimers();
});

const NO_FILES = Object.fromEntries(PROC_FILES.map((file) => [file, ''])) as ProcFiles;

/** A driver whose runs take two seconds. */
function driverOf(more: Partial<DriverOptions> = {}, plan = planOf()) {
  const records: RunRecord[] = [];
  const samples: Sample[] = [];
  const reports: Progress[] = [];
  const opened: number[] = [];
  const closed: number[] = [];
  const driver = new Driver({
    plan,
    arrivals: { [Symbol.iterator]: () => arrivalsOf(plan.profile, plan.roster, plan.host) },
    clones: {
      open: async (clones) => void opened.push(...clones),
      run: async () => {
        const started = Date.now();
        await clock.sleep(2000);
        return { started, ended: Date.now(), outcome: 'ok' };
      },
      close: async () => void closed.push(Date.now()),
    },
    sources: {
      files: () => NO_FILES,
      servers: [async () => ({ kind: 'server', at: Date.now(), took: 1, version: '8.7.0' })],
    },
    output: {
      record: (record) => records.push(record),
      sample: (sample) => samples.push(sample),
      progress: (progress) => reports.push(progress),
    },
    clock,
    ...more,
  });
  return { driver, records, samples, reports, opened, closed };
}

test('runs a test from its begin to its end', async () => {
  const { driver, records, samples, reports, opened, closed } = driverOf();
  const run = driver.run();
  await jest.advanceTimersByTimeAsync(4900);
  expect([...opened].sort()).toEqual([0, 1, 2]);
  expect(reports[0]).toMatchObject({
    state: 'waiting',
    planned: 9,
    due: 0,
    begin: BEGIN,
    end: BEGIN + 60_000,
  });
  await jest.advanceTimersByTimeAsync(30_000);
  expect(reports[reports.length - 1]).toMatchObject({ state: 'running', server: { version: '8.7.0' } });
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await run).toBe('done');
  expect(reports[reports.length - 1]).toMatchObject({ state: 'done', due: 9, good: 9, running: 0 });
  expect(records.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(records.every(({ started, due }) => started === due)).toBe(true);
  expect(samples.filter(({ kind }) => kind === 'host').length).toBeGreaterThan(10);
  expect(samples.filter(({ kind }) => kind === 'server').length).toBeGreaterThan(10);
  // The clones that run first are ready first.
  expect(records.slice(0, 3).map(({ clone }) => clone)).toEqual(opened.map((i) => `clone${i + 1}`));
  expect(closed).toHaveLength(1);
  expect(closed[0]).toBeGreaterThanOrEqual(BEGIN + 60_000);
});

test('reports its progress every two seconds', async () => {
  const { driver, reports } = driverOf();
  driver.run();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(reports).toHaveLength(11);
});

test('pauses only clones whose base images take part', async () => {
  const groups = [
    { base: 'a', clones: 1 },
    { base: 'b', clones: 2 },
  ];
  const plan = planOf({ roster: { hosts: [{ name: 'host1', groups }] } }, { bases: ['b'] });
  const { driver, opened } = driverOf({}, plan);
  driver.run();
  await jest.advanceTimersByTimeAsync(100);
  expect([...opened].sort()).toEqual([1, 2]);
});

test('ends in order when it is stopped', async () => {
  const { driver, records, reports, closed } = driverOf();
  const run = driver.run();
  await jest.advanceTimersByTimeAsync(5000 + 27_000);
  driver.stop();
  await jest.advanceTimersByTimeAsync(4000);
  expect(await run).toBe('stopped');
  expect(reports[reports.length - 1]).toMatchObject({ state: 'stopped', planned: 9, running: 0 });
  expect(records.length).toBeLessThan(9);
  expect(records.every(({ outcome }) => outcome === 'ok')).toBe(true);
  expect(closed).toHaveLength(1);
});

test('can be stopped before it begins', async () => {
  const { driver, records } = driverOf();
  const run = driver.run();
  await jest.advanceTimersByTimeAsync(1000);
  driver.stop();
  await jest.advanceTimersByTimeAsync(2000);
  expect(await run).toBe('stopped');
  expect(records).toEqual([]);
});

test('ends if the disk is full, lets the clones go, and says so', async () => {
  const reports: Progress[] = [];
  const { driver, closed } = driverOf({
    output: {
      record: () => {
        throw new Error('ENOSPC: no space left on device, write');
      },
      sample: () => {},
      progress: (progress) => reports.push(progress),
    },
  });
  const run = driver.run();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(await run).toBe('failed');
  expect(closed).toHaveLength(1);
  expect(reports[reports.length - 1]).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('ENOSPC'),
  });
});

test('goes on if the server does not answer', async () => {
  const { driver, records } = driverOf({
    sources: { files: () => NO_FILES, servers: [() => new Promise(() => {})] },
  });
  const run = driver.run();
  await jest.advanceTimersByTimeAsync(90_000);
  expect(await run).toBe('done');
  expect(records).toHaveLength(9);
});
