import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import {
  apply,
  changes,
  checkedIn,
  declaration,
  host,
  mounted,
  running,
  sh,
  task,
  until,
} from './support.ts';

/** Past the kernel's own limit on inotify instances, which ends a fleet at 31 clones. */
const LARGE = 60;
const CLONES = Array.from({ length: LARGE }, (_, i) => `clone${i + 1}`);

/** Bounds for what hangs, in s: several intervals. */
const PATIENCE = 800;

beforeAll(async () => {
  await task('stop');
  const large = declaration(LARGE, ["run_mode => 'timer'", 'run_interval => 120']);
  expect(changes(await applyCode(host, large)).failed).toBe(0);
});

afterAll(async () => {
  await task('stop');
  await apply();
  await task('start');
});

test('every clone of a fleet past the limits of the kernel starts and checks in', async () => {
  expect((await task('start')).value.totals).toMatchObject({ changed: LARGE, failed: 0 });
  expect(await running()).toEqual([...CLONES].sort());
  await checkedIn(CLONES, Date.now(), PATIENCE);
});

test('the host restarts: the enabled clones come back and check in, a masked one stays away', async () => {
  await sh('systemctl mask --now puppet-clone-army@clone2.service');
  const enabled = CLONES.filter((name) => name !== 'clone2');
  const since = Date.now();

  await host.reboot();
  await until('the enabled clones run', async () => (await running()).length === enabled.length);
  expect(await running()).toEqual([...enabled].sort());
  expect(await mounted()).toEqual([...enabled].sort());
  await checkedIn(enabled, since, PATIENCE);

  const { value } = await task('status');
  expect(value.clones.find((clone: { name: string }) => clone.name === 'clone2')).toMatchObject({
    state: 'stopped',
    enabled: false,
  });
  expect(value.totals).toMatchObject({ running: enabled.length, failed: 0, enabled: enabled.length });

  await sh('systemctl unmask puppet-clone-army@clone2.service');
  expect((await task('start')).value.totals).toMatchObject({ changed: 1, failed: 0 });
});

test('nothing on the host has failed', async () => {
  expect(await sh('systemctl --failed --plain --no-legend')).toBe('');
});
