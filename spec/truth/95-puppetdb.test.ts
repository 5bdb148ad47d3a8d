import { beforeAll } from '@jest/globals';
import { queryPuppetdb, waitForEmptyQueue } from '../../lab/server/puppetdb.ts';
import { packageListsStep } from '../../lab/steps/host.ts';
import { puppetdbSteps } from '../../lab/steps/puppetdb.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { type LoadTest, loadTest, steady } from '../load/load-test.ts';
import { countBy, inWords } from '../load/statistics.ts';
import { compareCounts, expectEqual } from './counts.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

beforeAll(() => runSteps([packageListsStep(server), ...puppetdbSteps(server)]));

truth('counts in PuppetDB', "runs by outcome equal PuppetDB's reports to 1 %", async (found) => {
  const test = await loadTest([first], 'puppetdb', steady(12, '120s'));
  await compareCounts(test, found);
  await waitForEmptyQueue();

  const reports = await queryPuppetdb<{ status: string }>(
    `reports[status] { ${await receivedDuring(test)} }`,
  );
  const statuses = countBy(reports, ({ status }) => status);
  found(`PuppetDB: ${inWords(statuses)}`);
  const records = await test.records(first);
  const ran = records.filter(({ started }) => started !== null);
  expectEqual(reports.length, ran.length);
  const outcomes = countBy(ran, ({ outcome }) => outcome);
  expectEqual(statuses.unchanged ?? 0, outcomes.ok ?? 0);
  expectEqual(statuses.changed ?? 0, outcomes.changed ?? 0);
});

/** A condition on reports. PuppetDB receives a report at the end of its run. */
async function receivedDuring(test: LoadTest): Promise<string> {
  const { from, to } = await test.period();
  const [begin, end] = [from, to].map((time) => new Date(time).toISOString());
  return `receive_time >= "${begin}" and receive_time <= "${end}"`;
}
