import { expect, test } from '@jest/globals';
import {
  apply,
  certnameOf,
  changes,
  checkedIn,
  mounted,
  NAMES,
  overlayOf,
  running,
  sh,
  succeeds,
  task,
} from './support.ts';

const FEWER = NAMES.slice(0, 4);
const MORE = [...NAMES, 'clone7', 'clone8'];

test('fewer clones: those that leave are stopped, and their layers kept', async () => {
  await task('start');
  const key = `${overlayOf('clone6')}/var/lib/puppet/ssl/private_keys/${certnameOf('clone6')}.pem`;
  const before = await sh(`sha256sum ${key}`);

  expect(changes(await apply(FEWER.length)).failed).toBe(0);
  expect(await running()).toEqual(FEWER);
  expect(await mounted()).toEqual(FEWER);
  expect(await sh(`sha256sum ${key}`)).toBe(before);

  const { value } = await task('start', { clones: 'clone6' });
  expect(value._error.kind).toBe('clone_army/unknown-clone');
});

test('more clones: they join stopped, start with the rest, and check in', async () => {
  const since = Date.now();
  expect(changes(await apply(MORE.length)).failed).toBe(0);
  expect(await running()).toEqual(FEWER);

  const { value } = await task('start');
  expect(value.totals).toMatchObject({
    changed: MORE.length - FEWER.length,
    in_sync: FEWER.length,
    failed: 0,
  });
  // clone6 is the clone that it was: the key it comes back with has a certificate already.
  await checkedIn(['clone5', 'clone6', 'clone7', 'clone8'], since);
});

test('and back to the size that the suite works with', async () => {
  await apply();
  expect(await running()).toEqual(NAMES);
  expect(await succeeds('test -e /run/systemd/generator/var-lib-machines-clone7.mount')).toBe(false);
  expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
});
