import { expect, test } from '@jest/globals';
import { bolt } from '../../lab/bolt.ts';
import { host, NAMES, quickTask, running } from './support.ts';

test('the plan start_fleet starts the fleet in steps and reports the progress after each step', async () => {
  await quickTask('stop');
  const { stdout } = await bolt(host, ['plan', 'run', 'clone_army::start_fleet', 'interval=1']);

  const lines = String(stdout).split('\n');
  const turns = lines.filter((line) => / clones running, 0 failed, \d+ pending/.test(line));
  expect(turns.at(-1)).toBe(
    `clonehost: ${NAMES.length} of ${NAMES.length} clones running, 0 failed, 0 pending`,
  );
  expect(await running()).toEqual(NAMES);
});
