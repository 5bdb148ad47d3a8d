import { beforeAll, expect } from '@jest/globals';
import { raiseLimits } from '../../lab/machine/fleet-limits.ts';
import { loadTest } from '../load/load-test.ts';
import { expectEqual, requestsOf } from './counts.ts';
import { bringUpFleet } from './fleet.ts';
import { clonesOf, first, lab } from './lab.ts';
import { expectAllRecorded } from './recorded.ts';
import { truth } from './table.ts';

/** Clones of each of two base images. */
const CLONES = 500;

/** The run interval. Two cores sustain about 90 runs a minute, server included; this asks for 50. */
const INTERVAL = '20m';

beforeAll(async () => {
  await raiseLimits(lab.cloneHosts.length, 2 * CLONES);
  await bringUpFleet(first, CLONES);
});

const profile = {
  phases: [{ kind: 'steady', every: INTERVAL, for: INTERVAL }],
  slo: ['failed_percent <= 100%'],
};

truth(
  'steady',
  '1,000 clones for a run interval: each clone has one arrival, and a record of it',
  async (found) => {
    const test = await loadTest([first], 'steady', profile);
    const { records, ran } = await expectAllRecorded(test, 2 * CLONES, found);
    const clones = clonesOf(first, CLONES);
    expect(records.map(({ clone }) => clone).sort()).toEqual([...clones.keys()].sort());

    const requests = await requestsOf(test, CLONES);
    const catalogs = requests.filter(({ route, status }) => route === 'catalog' && status === 200);
    found(`access log: catalogs for ${new Set(catalogs.map(({ name }) => name)).size} clones`);
    expectEqual(catalogs.length, ran.length);
    const { p50, p99 } = (await test.ended).result.total.latencies.total ?? {};
    found(`a run took ${p50} s at the median and ${p99} s at p99`);
  },
);
