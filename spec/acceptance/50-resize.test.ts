import { expect, test } from '@jest/globals';
import {
  apply,
  certnameOf,
  changes,
  checkedIn,
  mounted,
  NAMES,
  overlayOf,
  quickTask,
  running,
  sh,
  task,
} from './support.ts';

const FEWER = NAMES.slice(0, 4);
const MORE = [...NAMES, 'clone7', 'clone8'];

test('a smaller fleet stops the clones that it no longer contains, and keeps their layers', async () => {
  await quickTask('start');
  const key = `${overlayOf('clone6')}/var/lib/puppet/ssl/private_keys/${certnameOf('clone6')}.pem`;
  const before = await sh(`sha256sum ${key}`);

  expect(changes(await apply(FEWER.length)).failed).toBe(0);
  expect(await running()).toEqual(FEWER);
  expect(await mounted()).toEqual(FEWER);
  expect(await sh(`sha256sum ${key}`)).toBe(before);

  const { value } = await task('start', { clones: 'clone6' });
  expect(value._error.kind).toBe('clone_army/unknown-clone');
});

test('clones of a larger fleet are stopped at first, start with the task, and check in', async () => {
  const since = Date.now();
  expect(changes(await apply(MORE.length)).failed).toBe(0);
  expect(await running()).toEqual(FEWER);

  const { totals } = await quickTask('start');
  expect(totals).toMatchObject({
    changed: MORE.length - FEWER.length,
    in_sync: FEWER.length,
    failed: 0,
  });
  // The key of clone6 is the one that it already has a certificate for.
  await checkedIn(['clone5', 'clone6', 'clone7', 'clone8'], since);
});
