import { expect, test } from '@jest/globals';
import { checkedIn, host, mounted, NAMES, running, sh, task, until } from './support.ts';

test('the host restarts: the enabled clones come back and check in, a masked one stays away', async () => {
  await sh('systemctl mask --now puppet-clone-army@clone2.service');
  const enabled = NAMES.filter((name) => name !== 'clone2');
  const since = Date.now();

  await host.reboot();
  await until('the enabled clones run', async () => (await running()).length === enabled.length);
  expect(await running()).toEqual(enabled);
  expect(await mounted()).toEqual(enabled);
  await checkedIn(enabled, since);

  const { value } = await task('status');
  expect(value.clones.find((clone: { name: string }) => clone.name === 'clone2')).toMatchObject({
    state: 'stopped',
    enabled: false,
  });
  expect(value.totals).toMatchObject({ running: enabled.length, enabled: enabled.length });

  await sh('systemctl unmask puppet-clone-army@clone2.service');
  expect((await task('start')).value.totals).toMatchObject({ changed: 1, failed: 0 });
});

test('nothing on the host has failed', async () => {
  expect(await sh('systemctl --failed --plain --no-legend')).toBe('');
});
