import { beforeAll, expect } from '@jest/globals';
import { raiseLimits } from '../../lab/machine/fleet-limits.ts';
import { arrivals } from '../../load/schedule/arrivals.ts';
import { loadTest } from '../load/load-test.ts';
import { countBy, inWords } from '../load/statistics.ts';
import { bringUpFleet } from './fleet.ts';
import { first, lab } from './lab.ts';
import { truth } from './table.ts';

/** Clones of each of two base images. */
const CLONES = 150;

beforeAll(async () => {
  await raiseLimits(lab.cloneHosts.length, 2 * CLONES);
  await bringUpFleet(first, CLONES);
});

const profile = {
  phases: [{ kind: 'herd', within: '60s' }],
  slo: ['failed_percent <= 100%'],
  timeout: '30m',
};

truth('scale', '300 clones within 60 s: each arrival has a record and an outcome', async (found) => {
  const test = await loadTest([first], 'scale', profile);
  const plan = await test.plan(first);
  const records = await test.records(first);
  const { result } = await test.ended;
  const scheduled = [...arrivals(plan.profile, plan.roster)].map(({ number }) => number);
  expect(scheduled).toHaveLength(2 * CLONES);
  expect(records.map(({ number }) => number).sort((a, b) => a - b)).toEqual(scheduled);

  const outcomes = countBy(records, ({ outcome }) => outcome);
  found(`${records.length} records: ${inWords(outcomes)}`);
  expect(result.total.outcomes).toEqual(outcomes);
  const ran = records.filter(({ started }) => started !== null);
  found(
    `the last run ended ${((Math.max(...ran.map(({ ended }) => ended ?? 0)) - plan.begin) / 1000).toFixed(0)} s after the begin`,
  );
  expect(result.total.latencies.total?.count).toBe(ran.length);
});
