import { beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { finished } from './background.ts';
import { GEMS } from './bolt-on-host.ts';
import { IMAGES } from './mixed-fleet.ts';
import {
  apply,
  changes,
  checkedIn,
  declaration,
  host,
  mounted,
  overlayOf,
  quickTask,
  running,
  sh,
  until,
} from './support.ts';

/** More than the kernel's default limit on inotify instances allows, which is 31 clones. */
const LARGE = 34;
const CLONES = Array.from({ length: LARGE }, (_, i) => `clone${i + 1}`);

/** Limit for check-ins in seconds: several intervals. */
const PATIENCE = 800;

beforeAll(async () => {
  // Agents also run when their clone boots, so that check-ins need not wait for the interval.
  const large = declaration(LARGE, ["run_mode => 'timer'", 'run_interval => 300', 'run_immediately => true']);
  expect(changes(await applyCode(host, large)).failed).toBe(0);
});

test('a fleet beyond the default limits of the kernel starts', async () => {
  expect((await quickTask('start')).totals).toMatchObject({ changed: LARGE, failed: 0 });
  expect(await running()).toEqual([...CLONES].sort());
});

// The reboot interrupts the first runs of most agents.
test('when the host reboots, the enabled clones start and check in, and a masked clone does not start', async () => {
  await finished(IMAGES);
  await finished(GEMS);
  await sh('systemctl mask --now puppet-clone-army@clone2.service');
  const enabled = CLONES.filter((name) => name !== 'clone2');
  const since = Date.now();

  await host.reboot();
  await until('the enabled clones run', async () => (await running()).length === enabled.length);
  expect(await running()).toEqual([...enabled].sort());
  expect(await mounted()).toEqual([...enabled].sort());
  await checkedIn(enabled, since, PATIENCE);

  const value = await quickTask('status');
  expect(value.clones.find((clone: { name: string }) => clone.name === 'clone2')).toMatchObject({
    state: 'stopped',
    enabled: false,
  });
  expect(value.totals).toMatchObject({ running: enabled.length, failed: 0, enabled: enabled.length });

  await sh('systemctl unmask puppet-clone-army@clone2.service');
  expect((await quickTask('start')).totals).toMatchObject({ changed: 1, failed: 0 });
  await checkedIn(['clone2'], since, PATIENCE);
});

test('no unit of the host has failed', async () => {
  expect(await sh('systemctl --failed --plain --no-legend')).toBe('');
});

test('a clone that returns to service mode keeps nothing of timer mode', async () => {
  await quickTask('stop', { clones: 'clone1' });
  expect((await apply()).value._error).toBeUndefined();
  await quickTask('start', { clones: 'clone1' });

  const show = (unit: string, property: string) =>
    sh(`systemctl --machine=clone1 show --property=${property} --value ${unit}`);
  await until(
    'the agent service runs',
    async () => (await show('puppet.service', 'ActiveState')) === 'active',
  );
  expect(await sh(`find ${overlayOf('clone1')} -name '*puppet-clone-army*'`)).toBe('');
  expect(await show('puppet-clone-army-run.service', 'LoadState')).toBe('not-found');
});
