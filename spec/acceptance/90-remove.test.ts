import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { type HostState, hostState, ownedByNoPackage, recordedHost } from './host-state.ts';
import { apply, changes, host, NAMES, quickTask, running, sh } from './support.ts';

const remove = (more = '') => applyCode(host, `class { 'clone_army': ensure => absent${more} }`);
const purge = () => remove(', purge => true');

describe('ensure => absent', () => {
  let before: HostState;
  let after: HostState;

  beforeAll(async () => {
    before = await recordedHost();
    expect(changes(await apply()).failed).toBe(0);
    await quickTask('start');
    expect(await running()).toEqual(NAMES);
    // Another module's reload makes systemd forget clones that left the fleet; this one has just lost its supervisor.
    await sh(
      'sed -i \'s/"count": 6/"count": 5/\' /etc/puppet-clone-army/fleet.json && systemctl daemon-reload',
    );
    await sh('kill -KILL $(systemctl show --property=MainPID --value puppet-clone-army@clone1.service)');
  });

  test('keeps images and overlays, and nothing else', async () => {
    expect(changes(await remove())).toEqual({ changed: 1, failed: 0 });
    after = await hostState();
    const state = '/var/lib/puppet-clone-army';
    const added = after.files.filter((file) => !before.files.includes(file) && !file.startsWith(state));
    expect(await ownedByNoPackage(added)).toEqual([]);
    expect(after.files).toContain(`${state}/clone6-overlay/etc/hostname`);
  });

  test('leaves limits, units, mounts and processes as they were', () => {
    const { files: _, ...rest } = after;
    const { files: __, ...expected } = before;
    expect(rest).toEqual(expected);
  });

  test('changes nothing when repeated', async () => {
    expect(changes(await remove())).toEqual({ changed: 0, failed: 0 });
  });

  test('with purge => true, also removes images and overlays', async () => {
    expect(changes(await purge())).toEqual({ changed: 1, failed: 0 });
    expect((await hostState()).files.filter((file) => /clone(-army|\d)/.test(file))).toEqual([]);
    expect(changes(await purge())).toEqual({ changed: 0, failed: 0 });
  });
});
