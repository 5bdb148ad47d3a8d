import { afterAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { reports, SERVER } from '../../lab/server.ts';
import {
  apply,
  BASE,
  certnameOf,
  changes,
  checkedIn,
  host,
  NAMES,
  release,
  running,
  server,
  sh,
  task,
} from './support.ts';

/** An agent may be older than its server, and not newer: a bookworm server gets agents of its own kind only. */
const OTHER = release.suite === 'trixie' ? 'debian-12' : BASE;

const CODE = `class { 'clone_army':
  master => '${SERVER}',
  bases  => {
    'stable' => { 'image' => '${BASE}', 'count' => 2 },
    'other'  => { 'image' => '${OTHER}', 'count' => 2, 'prefix' => 'odd' },
  },
}`;
const CLONES = ['stable-1', 'stable-2', 'odd1', 'odd2'];

afterAll(async () => {
  await apply();
  await task('start');
});

test('one fleet stands on two bases, and each clone tells the server its own version', async () => {
  const since = Date.now();
  const result = await applyCode(host, CODE);
  expect(result.value._error).toBeUndefined();
  // The clones that were there have left the fleet.
  expect(await running()).toEqual([]);

  expect((await task('start')).value.totals).toMatchObject({ clones: 4, changed: 4, failed: 0 });
  await checkedIn(CLONES, since);
  for (const clone of CLONES) {
    const base = clone.startsWith('odd') ? 'other' : 'stable';
    const agent = JSON.parse(
      await sh(`cat /var/lib/puppet-clone-army/${base}/usr/share/puppet-clone-army/agent.json`),
    );
    const [report] = await reports(server, certnameOf(clone), since);
    expect(report).toMatch(new RegExp(`^puppet_version: ['"]?${agent.version}['"]?$`, 'm'));
  }
});

test('tasks select by base', async () => {
  const { value } = await task('stop', { base: 'other' });
  expect(value.clones.map(({ name }: { name: string }) => name)).toEqual(['odd1', 'odd2']);
  expect(await running()).toEqual(['stable-1', 'stable-2']);
  expect((await task('status', { base: 'stable' })).value.totals).toMatchObject({ clones: 2, running: 2 });
});

test('the same definition again changes nothing', async () => {
  expect(changes(await applyCode(host, CODE))).toEqual({ changed: 0, failed: 0 });
});

test('the fleet of before comes back as it was', async () => {
  expect((await apply()).value._error).toBeUndefined();
  expect((await task('status')).value.clones.map(({ name }: { name: string }) => name)).toEqual(NAMES);
});
