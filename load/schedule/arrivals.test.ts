import { describe, expect, test } from '@jest/globals';
import type { Phase, Stream } from '../../model/load/profile.ts';
import type { Arrival } from '../../model/load/roster.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { arrivals, arrivalsOf } from './arrivals.ts';

const MINUTE = 60_000;

const at = fc.nat(MINUTE);
const length = fc.nat(2 * MINUTE);
const rate = fc.double({ min: 0, max: 300, noNaN: true });
const stream: fc.Arbitrary<Stream> = fc.oneof(
  fc.record({ kind: fc.constant('rate'), at, length, from: rate, to: rate }),
  fc.record({ kind: fc.constant('interval'), at, length, interval: fc.integer({ min: 1000, max: MINUTE }) }),
  fc.record({ kind: fc.constant('once'), at, length }),
  fc.record({
    kind: fc.constant('times'),
    at,
    times: fc.array(fc.nat(MINUTE), { maxLength: 20 }).map((times) => times.sort((a, b) => a - b)),
  }),
);
const phase = fc
  .tuple(fc.array(stream, { maxLength: 4 }), fc.integer({ min: 1, max: 3 * MINUTE }))
  .map(([streams, long]) => phaseOf(streams, { length: long }));
const roster = fc
  .array(fc.record({ debian: fc.integer({ min: 1, max: 20 }), alma: fc.nat(20) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((hosts) => rosterOf(...hosts));
const profile = fc
  .record({
    phases: fc.array(phase, { maxLength: 4 }),
    arrivals: fc.constantFrom('even', 'poisson'),
    seed: fc.maxSafeNat(),
  })
  .map(({ phases, ...more }) => profileOf(phases, more));

/** Times of the arrivals of one stream, which begins with its phase and is as long. */
function timesOf(made: Stream, clones: number, more: Parameters<typeof profileOf>[1] = {}): number[] {
  const long = 'length' in made ? made.length : MINUTE;
  const phases: Phase[] = [phaseOf([made], { length: long })];
  return [...arrivals(profileOf(phases, more), rosterOf({ debian: clones }))].map((arrival) => arrival.at);
}

describe('arrivals', () => {
  test('are the same for the same seed, numbered and ascending, in whole milliseconds, within their phase', () => {
    fc.assert(
      fc.property(profile, roster, (some, hosts) => {
        const all = [...arrivals(some, hosts)];
        expect([...arrivals(some, hosts)]).toEqual(all);
        const begins = some.phases.map((_, i) =>
          some.phases.slice(0, i).reduce((sum, each) => sum + each.length, 0),
        );
        const misplaced = all.filter(({ number, at, phase: index }, i) => {
          const begin = begins[index] as number;
          const inPhase = at >= begin && at < begin + (some.phases[index] as Phase).length;
          return number !== i || !Number.isInteger(at) || at < (all[i - 1]?.at ?? 0) || !inPhase;
        });
        expect(misplaced).toEqual([]);
      }),
    );
  });

  test('belong to one host each', () => {
    fc.assert(
      fc.property(profile, roster, (some, hosts) => {
        const parts = hosts.hosts.flatMap((_, host) => [...arrivalsOf(some, hosts, host)]);
        expect(parts.sort((a, b) => a.number - b.number)).toEqual([...arrivals(some, hosts)]);
      }),
    );
  });

  test('let each clone rest while all others run, from one phase to the next', () => {
    fc.assert(
      fc.property(profile, roster, (some, hosts) => {
        const all = [...arrivals(some, hosts)];
        const total = hosts.hosts
          .flatMap(({ groups }) => groups)
          .reduce((sum, { clones }) => sum + clones, 0);
        const cycle = all.slice(0, total).map(({ host, clone }) => `${host}/${clone}`);
        expect(new Set(cycle).size).toBe(Math.min(total, all.length));
        expect(all.map(({ host, clone }) => `${host}/${clone}`)).toEqual(
          all.map(({ number }) => cycle[number % total]),
        );
      }),
    );
  });

  test('are as many as the integral of the rate, to one', () => {
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 1, max: 10 * MINUTE }), (from, to, long) => {
        const times = timesOf({ kind: 'rate', at: 0, length: long, from, to }, 3);
        expect(Math.abs(times.length - (((from + to) / 2) * long) / MINUTE)).toBeLessThanOrEqual(1);
        // The same holds for the first half, where a ramp has not the same part.
        const half = long / 2;
        const integral = ((from + (to - from) / 4) * half) / MINUTE;
        expect(Math.abs(times.filter((time) => time < half).length - integral)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('have even gaps, to the millisecond', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 3000, noNaN: true }), (runs) => {
        const times = timesOf({ kind: 'rate', at: 0, length: 2 * MINUTE, from: runs, to: runs }, 3);
        const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
        expect(gaps.filter((gap) => Math.abs(gap - MINUTE / runs) > 1)).toEqual([]);
      }),
    );
  });

  test.each(['even', 'poisson'] as const)('bring each clone once in a herd (%s)', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: MINUTE }), (clones, long) => {
        const made = profileOf([phaseOf([{ kind: 'once', at: 0, length: long }])], { arrivals: kind });
        const all = [...arrivals(made, rosterOf({ debian: clones }))];
        expect(new Set(all.map(({ clone }) => clone)).size).toBe(clones);
        expect(all.length).toBe(clones);
        expect((all[clones - 1] as Arrival).at).toBeLessThan(long);
      }),
    );
  });

  test('bring each clone once in each interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1000, max: MINUTE }),
        (clones, interval) => {
          const made: Stream = { kind: 'interval', at: 0, length: 3 * interval, interval };
          const all = [
            ...arrivals(profileOf([phaseOf([made], { length: 3 * interval })]), rosterOf({ a: clones })),
          ];
          expect(all.length).toBe(3 * clones);
          for (const cycle of [0, 1, 2]) {
            const within = all.filter((arrival) => Math.floor(arrival.at / interval) === cycle);
            expect(new Set(within.map(({ clone }) => clone)).size).toBe(clones);
          }
        },
      ),
    );
  });

  test('have exponential gaps in a Poisson process: a deviation as large as their mean, no memory', () => {
    const times = timesOf({ kind: 'rate', at: 0, length: 600 * MINUTE, from: 60, to: 60 }, 3, {
      arrivals: 'poisson',
    });
    const gaps = times.slice(1).map((time, i) => (time - (times[i] as number)) / 1000);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(mean).toBeCloseTo(1, 1);
    expect(deviation).toBeCloseTo(1, 1);
    const long = gaps.filter((gap) => gap > 1).length / gaps.length;
    expect(long).toBeCloseTo(Math.exp(-1), 1.5);
  });

  test('of a replay have the given times', () => {
    expect(timesOf({ kind: 'times', at: 10, times: [0, 5, 5, 90_000] }, 2)).toEqual([10, 15, 15]);
  });
});
