import { beforeAll } from '@jest/globals';
import { raiseLimits } from '../../lab/machine/fleet-limits.ts';
import { loadTest } from '../load/load-test.ts';
import { bringUpFleet } from './fleet.ts';
import { first, lab } from './lab.ts';
import { expectAllRecorded } from './recorded.ts';
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
  const { begin } = await test.plan(first);
  const { ran } = await expectAllRecorded(test, 2 * CLONES, found);
  const lastEnd = Math.max(...ran.map(({ ended }) => ended ?? 0));
  found(`the last run ended ${((lastEnd - begin) / 1000).toFixed(0)} s after the begin`);
});
