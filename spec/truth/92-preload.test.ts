import { afterAll, expect } from '@jest/globals';
import { loadTest, steady } from '../load/load-test.ts';
import { countBy } from '../load/statistics.ts';
import { compareCounts, requestsOf } from './counts.ts';
import { bringUpFleet, successful } from './fleet.ts';
import { COUNT, first } from './lab.ts';
import { truth } from './table.ts';

afterAll(() => useFleet(false));

truth('preload', 'the server gets the same of forked runs as of runs that clones start', async (found) => {
  const started = await requestsOfTest(false, found);
  const forked = await requestsOfTest(true, found);
  expect(forked).toEqual(started);
  expect(
    await first.output(
      "journalctl --quiet --unit 'puppet-clone-army-preload@*' --grep 'left to its clone' || true",
    ),
  ).toBe('');
});

/** The requests of a load test by kind. */
async function requestsOfTest(preload: boolean, found: (text: string) => void) {
  await useFleet(preload);
  const test = await loadTest([first], preload ? 'forked' : 'started', steady(24, '120s'));
  await compareCounts(test, found);
  const { result } = await test.ended;
  const requests = await requestsOf(test);
  found(
    `${preload ? 'forked' : 'started'}: ${requests.length} requests, mean of total ${result.total.latencies.total?.mean.toFixed(2)} s`,
  );
  return countBy(requests, ({ method, route, status }) => `${method} ${route} ${status}`);
}

/** Clones switch when they are restarted. */
async function useFleet(preload: boolean): Promise<void> {
  await bringUpFleet(first, COUNT, undefined, [`preload => ${preload}`]);
  await successful(first, 'restart');
}
