import { beforeAll, describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Outcome, type RunRecord } from '../../model/load/record.ts';
import type { Reduced } from '../../model/load/reduced.ts';
import type { Arrival } from '../../model/load/roster.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { BEGIN } from '../testing/plan.ts';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { recordOf, reducedHosts } from '../testing/recorded.ts';
import { merge } from './merge.ts';

/** 120 arrivals in two phases, half of each phase measured. */
const PROFILE = profileOf([
  phaseOf([{ kind: 'rate', at: 0, length: 60_000, from: 60, to: 60 }], { name: 'one', warmUp: 30_000 }),
  phaseOf([{ kind: 'rate', at: 0, length: 60_000, from: 60, to: 60 }], { name: 'two', coolDown: 30_000 }),
]);
const ROSTER = rosterOf({ 'debian-13': 5, 'debian-12': 5 }, { 'debian-13': 10 }, { 'debian-12': 4 });
const ARRIVALS: readonly Arrival[] = [...arrivals(PROFILE, ROSTER)];

/** Turns an arrival into the record of a run that took so many milliseconds. */
function took(arrival: Arrival, milliseconds: number, outcome: Outcome = 'ok'): RunRecord {
  const group = arrival.host === 2 || (arrival.host === 0 && arrival.clone >= 5) ? 'debian-12' : 'debian-13';
  return recordOf(arrival, { group, outcome, ended: BEGIN + arrival.at + milliseconds });
}

let hosts: readonly Reduced[];
beforeAll(async () => {
  hosts = await reducedHosts(PROFILE, ROSTER, (arrival) => took(arrival, 1000 + 10 * arrival.number));
});

describe('merge', () => {
  test('has figures of the measured windows: in all, by phase and by group', () => {
    const { total, phases, groups, begin, end } = merge(hosts);
    expect(total).toMatchObject({ arrivals: 60, seconds: 60, offered: 60, good: 60, failed: 0, dropped: 0 });
    expect(phases.map(({ name, arrivals, seconds }) => [name, arrivals, seconds])).toEqual([
      ['one', 30, 30],
      ['two', 30, 30],
    ]);
    expect(groups.map(({ name }) => name)).toEqual(['debian-12', 'debian-13']);
    expect(groups.reduce((sum, group) => sum + group.arrivals, 0)).toBe(60);
    // Arrivals 30 to 89 are measured, and took from 1.3 to 1.89 s.
    expect(total.latencies.total?.p50).toBeCloseTo(1.59, 2);
    expect(total.latencies.total?.max).toBeCloseTo(1.89, 2);
    expect([begin, end]).toEqual(['2026-11-24T13:00:00.000Z', '2026-11-24T13:02:00.000Z']);
  });

  test('has a time series without gaps over the whole test', () => {
    const { windows, windowLength } = merge(hosts);
    expect(windowLength).toBe(5000);
    expect(windows.map(({ at }) => at)).toEqual(windows.map((_, index) => 5000 * index));
    expect(windows[0]).toMatchObject({ length: 5000, phase: 0, measured: false, arrivals: 5, achieved: 4 });
    expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(120);
    expect(windows.reduce((sum, { achieved }) => sum + achieved, 0)).toBe(120);
    expect(windows[0]?.p95).toBeCloseTo(1.04, 2);
    expect(windows[0]?.groups.map(({ group }) => group)).toEqual(['debian-12', 'debian-13']);
  });

  test('does not depend on the order of the hosts', () => {
    expect(merge([...hosts].reverse())).toEqual(merge(hosts));
  });

  test('counts the arrivals of a missing host as held back', () => {
    const [one, two] = hosts as [Reduced, Reduced, Reduced];
    const { windows, hosts: results, verdict } = merge([one, two]);
    const planned = ARRIVALS.filter(({ host }) => host === 2).length;
    expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(120);
    expect(windows.reduce((sum, { outcomes }) => sum + (outcomes.held_back ?? 0), 0)).toBe(planned);
    expect(results[2]).toMatchObject({ name: 'host3', state: 'missing', arrivals: planned });
    expect(verdict).toMatchObject({ passed: false, refused: true, bottleneck: 'load_host' });
    expect(verdict.warnings).toContain('The result is without host3.');
  });

  test('ends when the last host was stopped', () => {
    const stopped = hosts.map((host) => ({ ...host, state: 'stopped', end: BEGIN + 47_000 }) as const);
    const { end, total, windows } = merge(stopped);
    expect(end).toBe('2026-11-24T13:00:47.000Z');
    expect(total.seconds).toBe(17);
    expect(windows.find(({ at }) => at === 45_000)).toMatchObject({ length: 2000, measured: true });
    // Runs that ended afterwards, at a rate that a chart can show.
    const after = windows.filter(({ at }) => at > 47_000);
    expect(after.length).toBeGreaterThan(0);
    for (const window of after) expect(window).toMatchObject({ length: 5000, measured: false });
  });

  test.each<[string, (host: Reduced) => Reduced, RegExp]>([
    [
      'another test',
      (host) => ({ ...host, id: 'other' }),
      /host1 and host2 have results of different tests, steady-1 and other/,
    ],
    [
      'another profile',
      (host) => ({ ...host, profile: { ...PROFILE, seed: 2 } }),
      /host1 and host2 ran test steady-1 with different profiles/,
    ],
    ['another roster', (host) => ({ ...host, roster: { hosts: [] } }), /different rosters/],
    ['the same host', (host) => ({ ...host, host: 0 }), /two results of host1/],
  ])('refuses a part of %s', (_, change, message) => {
    const [one, two] = hosts as [Reduced, Reduced];
    expect(() => merge([one, change(two)])).toThrow(message);
  });

  test('refuses to merge nothing', () => {
    expect(() => merge([])).toThrow(/no result of any host/);
  });
});

describe('the sum of all outcomes', () => {
  test('is the number of planned arrivals, whatever became of them', async () => {
    const fate = fc.record({
      outcome: fc.constantFrom<Outcome | null>(...OUTCOMES, null),
      milliseconds: fc.integer({ min: 0, max: 400_000 }),
    });
    const fates = fc.array(fate, { minLength: ARRIVALS.length, maxLength: ARRIVALS.length });
    await fc.assert(
      fc.asyncProperty(fates, async (all) => {
        const reduced = await reducedHosts(PROFILE, ROSTER, (arrival) => {
          const { outcome, milliseconds } = all[arrival.number] as (typeof all)[number];
          return outcome === null ? null : took(arrival, milliseconds, outcome);
        });
        const { windows } = merge(reduced);
        const count = (outcome: Outcome) =>
          windows.reduce((sum, { outcomes }) => sum + (outcomes[outcome] ?? 0), 0);
        for (const outcome of OUTCOMES) {
          const expected = all.filter((each) => (each.outcome ?? 'held_back') === outcome).length;
          expect(count(outcome)).toBe(expected);
        }
        expect(windows.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(ARRIVALS.length);
      }),
      { numRuns: 10 },
    );
  });
});

describe('percentiles of merged hosts', () => {
  test('are at most 0.1 % away from those of all runs', async () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 3_600_000 }), {
      minLength: ARRIVALS.length,
      maxLength: ARRIVALS.length,
    });
    await fc.assert(
      fc.asyncProperty(latencies, async (all) => {
        const reduced = await reducedHosts(PROFILE, ROSTER, (arrival) =>
          took(arrival, all[arrival.number] as number),
        );
        const { total } = merge(reduced).total.latencies;
        const measured = all.slice(30, 90).sort((a, b) => a - b);
        const { p50, p90, p95, p99, max } = total as NonNullable<typeof total>;
        for (const [percentile, value] of [
          [50, p50],
          [90, p90],
          [95, p95],
          [99, p99],
          [100, max],
        ] as const) {
          const exact = measured[Math.ceil((percentile / 100) * measured.length) - 1] as number;
          expect(Math.abs(1000 * value - exact)).toBeLessThanOrEqual(Math.max(1, exact / 1000));
        }
      }),
      { numRuns: 10 },
    );
  });
});
