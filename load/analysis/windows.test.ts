import { describe, expect, test } from '@jest/globals';
import { fc } from '../../validation/testing/fast-check.ts';
import { phaseOf, profileOf } from '../testing/profile.ts';
import { Windows } from './windows.ts';

const PHASE = fc
  .tuple(
    fc.integer({ min: 1, max: 86_400_000 }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
    fc.double({ min: 0, max: 0.4, noNaN: true }),
  )
  .map(([length, warm, cool]) =>
    phaseOf([], { length, warmUp: Math.floor(length * warm), coolDown: Math.floor(length * cool) }),
  );
const PROFILE = fc.array(PHASE, { minLength: 1, maxLength: 5 }).map((phases) => profileOf(phases));

describe('Windows', () => {
  test('leave out warm-up and cool-down', () => {
    const { all, length } = new Windows(
      profileOf([phaseOf([], { length: 600_000, warmUp: 60_000, coolDown: 30_000 })]),
    );
    expect(length).toBe(5000);
    expect(all).toHaveLength(120);
    const measured = all.filter((window) => window.measured);
    expect(measured[0]).toEqual({ at: 60_000, length: 5000, phase: 0, measured: true });
    expect(measured[measured.length - 1]?.at).toBe(565_000);
  });

  test('are cut where a part ends', () => {
    const { all } = new Windows(profileOf([phaseOf([], { length: 600_000, warmUp: 7000 })]));
    expect(all.slice(0, 3).map(({ at, length }) => [at, length])).toEqual([
      [0, 5000],
      [5000, 2000],
      [7000, 5000],
    ]);
  });

  test('of a week are hours', () => {
    const { all, length } = new Windows(profileOf([phaseOf([], { length: 7 * 86_400_000 })]));
    expect([length, all.length]).toEqual([3_600_000, 168]);
  });

  test('cover the test without gaps, and none crosses the limit of a part', () => {
    fc.assert(
      fc.property(PROFILE, (profile) => {
        const { all, duration, length } = new Windows(profile);
        expect(all.length).toBeLessThanOrEqual(240 + 3 * profile.phases.length);
        let at = 0;
        for (const window of all) {
          expect(window.at).toBe(at);
          expect(window.length).toBeLessThanOrEqual(length);
          at += window.length;
        }
        expect(at).toBe(duration);
        const measured = all.filter((window) => window.measured).reduce((sum, each) => sum + each.length, 0);
        const planned = profile.phases.reduce(
          (sum, each) => sum + each.length - each.warmUp - each.coolDown,
          0,
        );
        expect(measured).toBe(planned);
      }),
    );
  });

  test('are found by time, also after the last phase', () => {
    fc.assert(
      fc.property(PROFILE, fc.double({ min: 0, max: 1.5, noNaN: true }), (profile, where) => {
        const windows = new Windows(profile);
        const at = where * windows.duration;
        const window = windows.window(windows.indexAt(at));
        expect(window.at).toBeLessThanOrEqual(at);
        expect(window.at + window.length).toBeGreaterThan(at);
      }),
    );
  });
});
