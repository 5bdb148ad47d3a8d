import { describe, expect, test } from '@jest/globals';
import { isMistake } from '../profile/mistake.ts';
import { readObjective } from '../profile/objective.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { stepProfile, stepSeconds } from './step-profile.ts';

function sloOf(...texts: string[]) {
  return texts.map((text) => {
    const objective = readObjective(text, null);
    if (isMistake(objective)) throw new Error(objective.message);
    return objective;
  });
}

describe('stepProfile', () => {
  test('is a steady load whose first minute is left out, with everything else as in the template', () => {
    const template = profileOf([phaseOf([])], { seed: 7, timeout: 99, bases: ['alma-9'] });
    const profile = stepProfile({ runsPerMinute: 30, seconds: 360, confirm: false }, template);
    expect(profile).toMatchObject({ name: 'capacity 30', seed: 7, timeout: 99, bases: ['alma-9'] });
    expect(profile.phases).toMatchObject([{ length: 360_000, warmUp: 60_000, coolDown: 0 }]);
    expect([...arrivals(profile, rosterOf({ 'alma-9': 5 }))].length).toBe(180);
  });

  test('measures at least half of a short step', () => {
    const step = { runsPerMinute: 30, seconds: 60, confirm: true };
    expect(stepProfile(step, profileOf([]))).toMatchObject({
      name: 'capacity confirm 30',
      phases: [{ length: 60_000, warmUp: 30_000 }],
    });
  });
});

describe('stepSeconds', () => {
  test.each([
    [['failed = 0', 'p95(total) <= 30s'], 0.1, { step: 360, confirm: 660 }],
    [['p95(total) <= 10s', 'p99(config_retrieval) <= 60s'], 0.2, { step: 360, confirm: 660 }],
    [['p95(total) <= 5s'], 0.1, { step: 180, confirm: 300 }],
    [['failed = 0'], 0.1, { step: 360, confirm: 660 }],
  ])('is long enough for waits to reach the limit: %j at a tolerance of %d', (texts, tolerance, want) => {
    expect(stepSeconds(sloOf(...texts), tolerance)).toEqual({ least: 180, ...want });
  });
});
