import { afterEach, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './restart.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { type FakeClone, LANES, RUNNING } from './testing/systemd.ts';

const SERVICE = (clone: string) => `puppet-clone-army@${clone}.service`;
const MOUNT = (clone: string) => `var-lib-machines-${clone}.mount`;

describe('restart', () => {
  let host: FakeHost;
  afterEach(() => host.remove());

  function restart(clones: Record<string, Partial<FakeClone>>, input: object = {}) {
    host = new FakeHost(clones);
    host.writeFleet(fleetOf({ count: Object.keys(clones).length }));
    return perform(definition, run, JSON.stringify(input), host);
  }

  test('restarts running clones with their mounts, waits for them, and leaves the others down', async () => {
    const answer = await restart({ clone1: RUNNING, clone2: {}, clone3: RUNNING });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone1'), SERVICE('clone3')],
      ['restart', '--no-block', MOUNT('clone1'), MOUNT('clone3')],
    ]);
    expect(answer).toEqual({
      clones: [
        { name: 'clone1', result: 'changed', state: 'running' },
        { name: 'clone2', result: 'in_sync', state: 'stopped' },
        { name: 'clone3', result: 'changed', state: 'running' },
      ],
      totals: { clones: 3, changed: 2, in_sync: 1, failed: 0 },
      _output: '3 clones: 2 restarted, 1 not running, 0 failed',
    });
  });

  test('does not start a clone that is down, even if it is named', async () => {
    const answer = await restart({ clone1: {}, clone2: { service: 'failed' } }, { clones: 'clone1-2' });
    expect(host.changes).toEqual([]);
    expect(answer).toMatchObject({
      clones: [{ state: 'stopped' }, { state: 'failed' }],
      totals: { in_sync: 2 },
    });
  });

  test('restarts only selected clones', async () => {
    await restart({ clone1: RUNNING, clone2: RUNNING }, { clones: 'clone2' });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone2')],
      ['restart', '--no-block', MOUNT('clone2')],
    ]);
  });

  test('boots one clone per lane at a time, while the others run', async () => {
    const fleet = Array.from({ length: 60 }, (_, i) => [`clone${i + 1}`, RUNNING] as const);
    const answer = await restart(Object.fromEntries(fleet));
    expect(answer).toMatchObject({ totals: { clones: 60, changed: 60 } });
    const { peak } = host.systemd.state;
    expect([peak.activating, peak.deactivating]).toEqual([LANES, LANES]);
  });

  test('leaves a masked clone running, because it could not start again', async () => {
    const answer = await restart({ clone1: { ...RUNNING, load: 'masked' }, clone2: RUNNING });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone2')],
      ['restart', '--no-block', MOUNT('clone2')],
    ]);
    expect(answer).toMatchObject({
      clones: [
        { result: 'failed', state: 'running', message: `masked: run systemctl unmask ${SERVICE('clone1')}` },
        { result: 'changed' },
      ],
      _error: {
        kind: 'clone_army/clones-failed',
        msg: expect.stringContaining('1 of 2 clones are not restarted'),
      },
    });
  });

  test('reports a clone as failed if it runs again on a root that could not be unmounted', async () => {
    const answer = await restart({ clone1: { ...RUNNING, behaviour: 'stays-mounted' } });
    expect(answer).toMatchObject({
      clones: [
        {
          result: 'failed',
          state: 'running',
          message: expect.stringContaining('fuser -vm /var/lib/machines/clone1'),
        },
      ],
    });
  });

  test('explains why a clone is not running again', async () => {
    const answer = await restart({
      clone1: { ...RUNNING, behaviour: 'fails' },
    });
    expect(answer).toMatchObject({
      clones: [
        {
          result: 'failed',
          state: 'failed',
          message: expect.stringMatching(/^failed \(exit-code\): see journalctl/),
        },
      ],
    });
  });

  test('reports clones that are still restarting at the timeout, and those not begun', async () => {
    const fleet = Array.from(
      { length: LANES + 1 },
      (_, i) => [`clone${i + 1}`, { ...RUNNING, behaviour: 'hangs' }] as const,
    );
    const answer = await restart(Object.fromEntries(fleet), { timeout: 5 });
    expect(answer).toMatchObject({
      _error: {
        kind: 'clone_army/timeout',
        msg: expect.stringMatching(/still in progress after 5 s: clone1, .*not begun after 5 s: clone5/),
      },
    });
    expect(answer.clones).toContainEqual(expect.objectContaining({ name: 'clone5', state: 'running' }));
  });

  test('reports in noop mode which clones would restart', async () => {
    const answer = await restart(
      { clone1: RUNNING, clone2: {}, clone3: { ...RUNNING, load: 'masked' } },
      { _noop: true },
    );
    expect(host.changes).toEqual([]);
    expect(answer).toMatchObject({
      noop: true,
      totals: { clones: 3, changed: 1, in_sync: 1, failed: 1 },
      _output: expect.stringMatching(/^3 clones: 1 would restart, 1 not running, 1 failed\n/),
    });
  });
});
