import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../model/load/record.ts';
import type { Arrival } from '../../model/load/roster.ts';
import { decodeHistogram } from '../histogram.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import { BEGIN } from '../testing/plan.ts';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { hostPlan, hostSampleOf, RecordedFiles, recordOf, serverSampleOf } from '../testing/recorded.ts';
import { reduce } from './reduce.ts';

/** 60 arrivals, one a second. */
const PROFILE = profileOf([
  phaseOf([{ kind: 'rate', at: 0, length: 60_000, from: 60, to: 60 }], { warmUp: 10_000 }),
]);
const ROSTER = rosterOf({ 'debian-13': 20 });
const PLAN = hostPlan(PROFILE, ROSTER);
const ARRIVALS: readonly Arrival[] = [...arrivalsOf(PROFILE, ROSTER, 0)];

let files: RecordedFiles;
beforeEach(() => {
  files = new RecordedFiles();
});
afterEach(() => files.remove());

function recordsOf(more: (arrival: Arrival) => Partial<RunRecord> = () => ({})): RunRecord[] {
  return ARRIVALS.map((arrival) => recordOf(arrival, more(arrival)));
}

describe('reduce', () => {
  test('counts runs by window', async () => {
    const { windows, windowLength, warnings } = await reduce(files.recorded(PLAN, recordsOf()));
    expect(windowLength).toBe(5000);
    expect(windows.map(({ at, measured, arrivals }) => [at, measured, arrivals])).toEqual([
      ...[0, 5000].map((at) => [at, false, 5]),
      ...Array.from({ length: 10 }, (_, index) => [10_000 + 5000 * index, true, 5]),
      [60_000, false, 0],
    ]);
    // Runs take 2 s: those of the last 2 s end after the last phase.
    expect(windows[0]).toMatchObject({ outcomes: { ok: 5 }, achieved: 3 });
    expect(windows[12]).toMatchObject({ outcomes: {}, achieved: 2 });
    const { total, config_retrieval } = windows[0]?.latencies ?? {};
    expect(decodeHistogram(total ?? '').getValueAtPercentile(50)).toBe(2000);
    expect(decodeHistogram(config_retrieval ?? '').getValueAtPercentile(50)).toBe(500);
    expect(warnings).toEqual([]);
  });

  test('counts latency from the arrival, not from the start', async () => {
    const records = recordsOf(({ at }) => ({ started: BEGIN + at + 300, ended: BEGIN + at + 2500 }));
    const { windows, lateness } = await reduce(files.recorded(PLAN, records));
    expect(decodeHistogram(windows[0]?.latencies.total ?? '').getValueAtPercentile(50)).toBe(2500 + 1);
    expect(decodeHistogram(lateness).getValueAtPercentile(99)).toBe(300);
  });

  test('has total latencies of failed runs, and no other ones', async () => {
    const records = recordsOf(() => ({ outcome: 'catalog_failed', status: 500, message: 'Error 500' }));
    const { windows, failures } = await reduce(files.recorded(PLAN, records));
    expect(windows[0]).toMatchObject({ statuses: { 500: 5 }, achieved: 0 });
    expect(Object.keys(windows[0]?.latencies ?? {})).toEqual(['total']);
    expect(failures).toHaveLength(20);
    expect(failures[0]).toMatchObject({
      outcome: 'catalog_failed',
      at: BEGIN + (ARRIVALS[0]?.at ?? 0),
      status: 500,
    });
  });

  test('counts arrivals without a record as held back', async () => {
    const { windows, warnings } = await reduce(files.recorded(PLAN, recordsOf().slice(0, 42), []));
    const held = windows.map(({ outcomes }) => outcomes.held_back ?? 0);
    expect(held.reduce((sum, count) => sum + count)).toBe(18);
    expect(warnings).toEqual(['No record of 18 arrivals, counted as held back']);
  });

  test('ends with the last record if somebody stopped the test', async () => {
    const stopped = { state: 'stopped' } as const;
    const records = recordsOf().slice(0, 30);
    const { end, windows } = await reduce(
      files.recorded(PLAN, [...records.slice(0, 28), ...records.slice(29)], [], stopped),
    );
    expect(end).toBe(BEGIN + (ARRIVALS[29]?.at ?? 0) + 1);
    expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(30);
    expect(windows.reduce((sum, { outcomes }) => sum + (outcomes.held_back ?? 0), 0)).toBe(1);
  });

  test('leaves out runs in progress while the test runs', async () => {
    const running = { state: 'running', end: BEGIN + 30_000 } as const;
    const { end, windows, warnings } = await reduce(
      files.recorded(PLAN, recordsOf().slice(0, 25), [], running),
    );
    expect(end).toBe(BEGIN + 30_000);
    expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(25);
    expect(warnings).toEqual([]);
  });

  test('leaves out a line that was cut off, and says so', async () => {
    const records = recordsOf();
    const torn = JSON.stringify(records[59]).slice(0, 40);
    const { windows, warnings } = await reduce(files.recorded(PLAN, [...records.slice(0, 59), torn]));
    expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(60);
    expect(warnings).toEqual([
      'The last line of records.ndjson was cut off and is left out',
      'No record of 1 arrival, counted as held back',
    ]);
  });

  test('goes on after damaged lines', async () => {
    const records = recordsOf();
    const lines = ['\0\0\0\n', ...records.slice(0, 30), '{"number":30,\n', ...records.slice(30)];
    const { warnings } = await reduce(files.recorded(PLAN, lines));
    expect(warnings).toEqual(['2 of 62 lines in records.ndjson are damaged and left out']);
  });

  test('counts each arrival once', async () => {
    const records = recordsOf();
    const stray = recordOf({ ...(ARRIVALS[0] as Arrival), number: 1000 });
    const { warnings } = await reduce(files.recorded(PLAN, [...records, ...records.slice(0, 3), stray]));
    expect(warnings).toEqual(['Left out 3 repeated records', '1 record of arrivals that were not planned']);
  });

  test('works without files', async () => {
    const recorded = files.recorded(PLAN, []);
    files.remove();
    files = new RecordedFiles();
    const { windows, hostSamples } = await reduce(recorded);
    expect(windows.reduce((sum, { outcomes }) => sum + (outcomes.held_back ?? 0), 0)).toBe(60);
    expect(hostSamples).toEqual([]);
  });

  test('sums up samples by window', async () => {
    const busy = { cpu: 0.8, memoryAvailable: 1e9, retransmits: 3, pressure: null };
    const samples = [
      hostSampleOf(-1000),
      hostSampleOf(1000),
      serverSampleOf(1500),
      serverSampleOf(3500),
      serverSampleOf(4000, { error: 'timeout' }),
      hostSampleOf(2000, busy),
      { kind: 'puppetdb', at: BEGIN + 100, queueDepth: 3 },
      hostSampleOf(6000, { networkErrors: 2 }),
    ];
    const reduced = await reduce(files.recorded(PLAN, recordsOf(), samples));
    expect(reduced.hostSamples).toMatchObject([
      { at: 0, cpu: 0.5, memoryAvailable: 1e9, retransmits: 3, networkErrors: 0, pressure: { cpu: 0.05 } },
      { at: 5000, cpu: 0.2, retransmits: 0, networkErrors: 2 },
    ]);
    expect(reduced.serverSamples.map(({ at }) => at - BEGIN)).toEqual([3500, 4000]);
    expect(reduced.puppetdbSamples).toHaveLength(1);
    // 1 s at 20 % of 2 processors, 1 s at 80 %, 4 s at 20 %.
    expect(reduced.cpu).toEqual({ driver: 0.06, host: expect.closeTo(0.4 + 1.6 + 1.6) });
  });

  test('refuses a plan whose host is unknown', async () => {
    await expect(reduce(files.recorded({ ...PLAN, host: 1 }, []))).rejects.toThrow(
      /not in its roster of 1 hosts/,
    );
  });
});
