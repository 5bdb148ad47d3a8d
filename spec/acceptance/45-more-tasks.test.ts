import { beforeAll, describe, expect, test } from '@jest/globals';
import { bolt } from '../../lab/bolt.ts';
import { SIGNED_CERTIFICATES } from '../../lab/server/paths.ts';
import {
  certnameOf,
  checkedIn,
  host,
  NAMES,
  onServer,
  overlayOf,
  quickTask,
  rootOf,
  running,
  sh,
  succeeds,
} from './support.ts';

/** Start time of a clone's container. */
const bootOf = (clone: string) =>
  sh(`systemctl show --property=ActiveEnterTimestampMonotonic puppet-clone-army@${clone}`);

/** Serial number of a clone's certificate on the CA. */
const serialOf = async (clone: string) =>
  onServer(`openssl x509 -noout -serial -in /${SIGNED_CERTIFICATES}/${certnameOf(clone)}.pem`);

let begin = 0;

beforeAll(async () => {
  begin = Date.now();
  await quickTask('start');
});

test('restart remounts running clones and leaves the others down', async () => {
  await quickTask('stop', { clones: 'clone6' });
  const before = await Promise.all(NAMES.map(bootOf));
  await sh("echo '192.0.2.7 restarted.example' >> /etc/hosts");
  expect((await quickTask('restart')).totals).toEqual({ clones: 6, changed: 5, in_sync: 1, failed: 0 });
  expect(await running()).toEqual(NAMES.slice(0, 5));
  expect(
    await sh(
      `grep -l restarted ${NAMES.slice(0, 5)
        .map((clone) => `${rootOf(clone)}/etc/hosts`)
        .join(' ')} | wc -l`,
    ),
  ).toBe('5');
  const after = await Promise.all(NAMES.map(bootOf));
  expect(after.slice(0, 5).filter((time, i) => time === before[i])).toEqual([]);
  await sh("sed -i '/restarted.example/d' /etc/hosts");
  await quickTask('start');
});

describe('run', () => {
  test('runs agents and reports the outcome of each run', async () => {
    // Not while the agents that started with their clones are running.
    await checkedIn(NAMES, begin);
    const { clones, totals } = await quickTask('run', { clones: 'clone1-3', timeout: 300 });
    expect(totals).toMatchObject({ clones: 3, failed: 0, timed_out: 0 });
    for (const { last_run } of clones) expect(last_run.outcome).toMatch(/changed/);
  });

  test('skips a clone whose agent is disabled, and shows its log', async () => {
    await sh('systemd-run --quiet --wait --machine=clone2 /usr/bin/puppet agent --disable testing');
    expect((await quickTask('run', { clones: 'clone2' })).clones).toMatchObject([
      { result: 'skipped', message: expect.stringContaining('disabled') },
    ]);
    await sh('systemd-run --quiet --wait --machine=clone2 /usr/bin/puppet agent --enable');
    const { clones } = await quickTask('logs', { clones: 'clone2' });
    expect(clones[0].log).toContain('administratively disabled');
  });
});

test('reset throws away edits, and keeps the certificate and the state of the clone', async () => {
  await quickTask('stop', { clones: 'clone4' });
  await sh(`touch ${overlayOf('clone4')}/etc/edited && touch ${rootOf('clone3')}/etc/edited`);
  const serials = await Promise.all([serialOf('clone3'), serialOf('clone4')]);
  const since = Date.now();
  expect((await quickTask('reset', { clones: 'clone3-4' })).totals).toMatchObject({ changed: 2 });
  expect(await running()).toEqual(NAMES.filter((clone) => clone !== 'clone4'));
  await quickTask('start');
  for (const clone of ['clone3', 'clone4'])
    expect(await succeeds(`test -e ${rootOf(clone)}/etc/edited`)).toBe(false);

  await checkedIn(['clone3', 'clone4'], since);
  expect(await Promise.all([serialOf('clone3'), serialOf('clone4')])).toEqual(serials);
});

test('clones that are reset without certificates come back under their names after a clean', async () => {
  const clones = ['clone5', 'clone6'];
  const serials = await Promise.all(clones.map(serialOf));
  await quickTask('stop', { clones });
  const since = Date.now();
  expect((await quickTask('reset', { clones, keep_certificate: false })).totals).toMatchObject({
    changed: 2,
  });
  const words = ['clones=clone5-6', `server=${host.target}`, '--format', 'json'];
  const { stdout } = await bolt(host, ['plan', 'run', 'clone_army::clean', ...words]);
  expect(JSON.parse(String(stdout))).toEqual([
    { host: host.target, clones: 2, cleaned: 2, missing: 0, failed: 0, deactivated: 0 },
  ]);

  await quickTask('start', { clones });
  await checkedIn(clones, since);
  for (const [i, clone] of clones.entries()) expect(await serialOf(clone)).not.toBe(serials[i]);
});
