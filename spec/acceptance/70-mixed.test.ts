import { beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { reports } from '../../lab/server/record.ts';
import { BASES, clonesOf, MIXED, PATCH } from './mixed-fleet.ts';
import {
  apply,
  BASE,
  certnameOf,
  changes,
  checkedIn,
  host,
  NAMES,
  quickTask,
  rootOf,
  running,
  server,
  sh,
} from './support.ts';

const CLONES = Object.keys(BASES).flatMap(clonesOf);

beforeAll(async () => {
  await sh(`mkdir -p ${PATCH}/etc && echo patched > ${PATCH}/etc/motd`);
});

test('a fleet can have several bases, and each clone reports the version of its own agent', async () => {
  const since = Date.now();
  const result = await applyCode(host, MIXED);
  expect(result.value._error).toBeUndefined();
  // The earlier clones are no longer part of the fleet.
  expect(await running()).toEqual([]);

  expect((await quickTask('start')).totals).toMatchObject({
    clones: CLONES.length,
    changed: CLONES.length,
    failed: 0,
  });
  await checkedIn(CLONES, since);
  const versions: Record<string, unknown> = {};
  for (const clone of CLONES) {
    const [report] = await reports(server, certnameOf(clone), since);
    versions[clone] = /^puppet_version: ['"]?([\d.]+)['"]?$/m.exec(report ?? '')?.[1];
  }
  expect(versions).toEqual(
    Object.fromEntries(
      Object.entries(BASES).flatMap(([base, { version }]) =>
        clonesOf(base).map((clone) => [clone, expect.stringContaining(version)]),
      ),
    ),
  );
});

test('a patch layer applies to all clones of its base and to no others, and can be edited while they run', async () => {
  await sh(`echo edited > ${PATCH}/etc/motd`);
  for (const [base, { patched = false }] of Object.entries(BASES)) {
    for (const clone of clonesOf(base)) {
      const motd = await sh(`cat ${rootOf(clone)}/etc/motd 2> /dev/null || true`);
      expect({ clone, patched: motd === 'patched' }).toEqual({ clone, patched });
    }
  }
});

test('tasks select clones by base', async () => {
  const { clones } = await quickTask('stop', { base: 'puppet-7' });
  expect(clones.map(({ name }: { name: string }) => name)).toEqual(clonesOf('puppet-7'));
  expect(await running()).toEqual(CLONES.filter((clone) => !clonesOf('puppet-7').includes(clone)).sort());
  expect((await quickTask('status', { base: BASE })).totals).toMatchObject({ clones: 2, running: 2 });
});

test('another apply changes nothing', async () => {
  expect(changes(await applyCode(host, MIXED))).toEqual({ changed: 0, failed: 0 });
});

test('the former fleet comes back with the same clones', async () => {
  expect((await apply()).value._error).toBeUndefined();
  const { clones } = await quickTask('start');
  expect(clones.map(({ name }: { name: string }) => name)).toEqual(NAMES);
});
