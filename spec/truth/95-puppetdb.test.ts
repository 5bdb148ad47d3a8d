import { afterAll, beforeAll, expect } from '@jest/globals';
import { queryPuppetdb, waitForEmptyQueue } from '../../lab/server/puppetdb.ts';
import { classify } from '../../lab/server/site-manifest.ts';
import { packageListsStep } from '../../lab/steps/host.ts';
import { puppetdbSteps } from '../../lab/steps/puppetdb.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { type LoadTest, loadTest, steady } from '../load/load-test.ts';
import { countBy, inWords } from '../load/statistics.ts';
import { compareCounts, expectEqual } from './counts.ts';
import { successful } from './fleet.ts';
import { clonesOf, first, server } from './lab.ts';
import { truth } from './table.ts';

beforeAll(() => runSteps([packageListsStep(server), ...puppetdbSteps(server)]));
afterAll(() => classify(server));

/** Resources that each clone exports. */
const EXPORTED = 2;

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

truth(
  'exported resources',
  'each clone has what all clones of its circle export, and nothing else',
  async (found) => {
    await classify(server, {
      clones: `  class { 'clone_army::workload': exported => ${EXPORTED}, circles => 2 }`,
    });
    // What a run exports is there for runs after it.
    for (let round = 0; round < 2; round++) {
      await successful(first, 'run');
      await waitForEmptyQueue();
    }
    const files = await collectedFiles();
    const names = [...clonesOf(first).values()];
    expect([...files.keys()].sort()).toEqual([...names].sort());

    const circles = new Map(
      names.map((name) => [exportersOf(files.get(name)).join(), files.get(name)?.length]),
    );
    const members = [...circles.keys()].map((text) => text.split(','));
    found(
      `${names.length} clones in circles of ${members.map(({ length }) => length).join(' and ')}, with ${[...circles.values()].join(' and ')} files each`,
    );
    expect(members).toHaveLength(2);
    expect(members.flat().sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(exportersOf(files.get(name))).toContain(name);
      expect(files.get(name)).toHaveLength(EXPORTED * exportersOf(files.get(name)).length);
    }
  },
);

/** Certnames of the clones that exported files, sorted. */
function exportersOf(files: readonly string[] = []): string[] {
  return [...new Set(files.map((file) => file.replace(/^from-(.*)-\d+$/, '$1')))].sort();
}

/** Names of the exported files in each clone, by its certname. */
async function collectedFiles(): Promise<Map<string, string[]>> {
  const found = await first.output(
    "cd /var/lib/machines && find */var/lib/clone-workload -name 'from-*' -printf '%h %f\\n'",
  );
  const certnames = clonesOf(first);
  const files = new Map<string, string[]>();
  for (const line of found.trim().split('\n')) {
    const [folder, file] = line.split(' ') as [string, string];
    const certname = certnames.get(folder.split('/')[0] as string) as string;
    files.set(certname, [...(files.get(certname) ?? []), file]);
  }
  return files;
}

/** A condition on reports. PuppetDB receives a report at the end of its run. */
async function receivedDuring(test: LoadTest): Promise<string> {
  const { from, to } = await test.period();
  const [begin, end] = [from, to].map((time) => new Date(time).toISOString());
  return `receive_time >= "${begin}" and receive_time <= "${end}"`;
}
