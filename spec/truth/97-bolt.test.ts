import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import fs from 'fs-extra';
import YAML from 'yaml';
import { resultsIn } from '../../lab/bolt.ts';
import { writeProject } from '../../lab/bolt-project.ts';
import { bundleExec } from '../../lab/gems.ts';
import { loadTest, RESULTS, steady } from '../load/load-test.ts';
import { first } from './lab.ts';
import { truth } from './table.ts';

/** Load hosts that Bolt sees. All of them are the first host, whose processors work for all of them. */
const TARGETS = 100;

/** Maximum numbers of targets at a time. The first is Bolt's default. */
const CONCURRENCIES = [100, 25];

/** By default, sshd drops connections if more than ten log in at the same time. */
const SSHD = '/etc/ssh/sshd_config.d/stand-ins.conf';

const PROJECT = path.join(RESULTS, 'stand-ins');

beforeAll(async () => {
  await first.output(`echo 'MaxStartups ${2 * TARGETS}' > ${SSHD} && systemctl reload ssh.service`);
  await writeProject(PROJECT, [first]);
  const inventory = path.join(PROJECT, 'inventory.yaml');
  const { targets } = YAML.parse(await fs.readFile(inventory, 'utf8'));
  const standIns = Array.from({ length: TARGETS }, (_, i) => ({ ...targets[0], name: `load${i + 1}` }));
  // Bolt refuses aliases.
  await fs.writeFile(inventory, YAML.stringify({ targets: standIns }, { aliasDuplicateObjects: false }));
});
afterAll(() => first.output(`rm ${SSHD} && systemctl reload ssh.service`));

truth('100 hosts by Bolt', 'each host answers each question of a plan that watches a test', async (found) => {
  const { id } = await loadTest([first], 'stand-ins', steady(12, '20s'));
  for (const words of [['load_ready'], ['load_status', `id=${id}`]]) {
    for (const concurrency of CONCURRENCIES) {
      const began = Date.now();
      const results = await ask(words, concurrency);
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      found(`${words[0]} on ${TARGETS} targets, ${concurrency} at a time: ${seconds} s`);
      expect(results).toHaveLength(TARGETS);
      expect(results.filter(({ status }) => status !== 'success')).toEqual([]);
    }
  }
});

async function ask([task, ...words]: readonly string[], concurrency: number) {
  const { stdout } = await bundleExec(
    [
      ...['bolt', 'task', 'run', `clone_army::${task}`, ...words, '--targets', 'all', '--project', PROJECT],
      ...['--concurrency', String(concurrency), '--format', 'json'],
    ],
    { reject: false },
  );
  return resultsIn(stdout);
}
