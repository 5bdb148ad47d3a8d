import { expect, test } from '@jest/globals';
import type { Profile } from '../../model/load/profile.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { readProfile } from '../profile/read-profile.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { rosterOf } from '../testing/profile.ts';
import { capacityOf } from './capacity.ts';
import { nextStep } from './next-step.ts';
import type { SearchOptions, StepResult } from './step.ts';
import { stepProfile, stepSeconds } from './step-profile.ts';

const ROSTER = rosterOf({ 'debian-13': 40 });

/** Seconds from arrival to end at the 95th percentile, with a server that serves one run after the other. */
function p95(profile: Profile, serviceSeconds: number): number {
  let free = 0;
  const latencies: number[] = [];
  for (const { at } of arrivals(profile, ROSTER)) {
    free = Math.max(free, at) + serviceSeconds * 1000;
    if (at >= (profile.phases[0]?.warmUp ?? 0)) latencies.push((free - at) / 1000);
  }
  latencies.sort((a, b) => a - b);
  return latencies[Math.ceil(latencies.length * 0.95) - 1] ?? 0;
}

test('steps are long enough to find the capacity of a queue to the tolerance', () => {
  const queue = fc.record({
    capacity: fc.double({ min: 5, max: 400, noNaN: true }),
    limit: fc.integer({ min: 15, max: 60 }),
    tolerance: fc.constantFrom(0.05, 0.1, 0.2),
    gaps: fc.constantFrom('even', 'poisson'),
  });
  const property = fc.property(queue, ({ capacity, limit, tolerance, gaps }) => {
    const serviceSeconds = 60 / capacity;
    // A limit of less than a few runs would be reached by chance.
    const seconds = Math.ceil(Math.max(limit, 10 * serviceSeconds));
    const found = search(serviceSeconds, seconds, tolerance, gaps);
    expect(found.confirmed).toBe(true);
    const ratio = (found.runsPerMinute ?? 0) / capacity;
    expect(ratio).toBeLessThan(1 + tolerance);
    // Random gaps make runs wait below the capacity, too.
    expect(ratio).toBeGreaterThan((gaps === 'even' ? 1 : 0.7) / (1 + 1.5 * tolerance));
  });
  fc.assert(property, { numRuns: 20 });
});

function search(serviceSeconds: number, limit: number, tolerance: number, gaps: string) {
  const text = `phases: [{ kind: herd, within: 1m }]\nslo: [p95(total) <= ${limit}s]\narrivals: ${gaps}\n`;
  const { profile: template } = readProfile(text, 'template.yaml');
  const seconds = stepSeconds(template.slo, tolerance);
  const options: SearchOptions = { start: 10, most: 100_000, tolerance, steps: 40, seconds };
  const history: StepResult[] = [];
  for (let step = nextStep(history, options); step !== null; step = nextStep(history, options)) {
    const { runsPerMinute, confirm } = step;
    const passed = p95(stepProfile(step, template), serviceSeconds) <= limit;
    history.push({ runsPerMinute, confirm, passed, refused: false });
  }
  return capacityOf(history, options, 1800);
}
