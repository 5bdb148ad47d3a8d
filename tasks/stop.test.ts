import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './stop.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { type FakeClone, LANES, RUNNING } from './testing/systemd.ts';

const SERVICE = (clone: string) => `puppet-clone-army@${clone}.service`;
const ROOT = (clone: string) => `/var/lib/machines/${clone}`;
const MOUNT = (clone: string) => `var-lib-machines-${clone}.mount`;

describe('stop', () => {
  let host: FakeHost;
  afterEach(() => host.remove());

  function stop(
    clones: Record<string, Partial<FakeClone>>,
    input: object = {},
    change: (host: FakeHost) => void = () => {},
  ) {
    host = new FakeHost(clones);
    change(host);
    host.writeFleet(fleetOf({ count: Object.keys(clones).length }));
    return perform(definition, run, JSON.stringify(input), host);
  }

  test('stops running clones in one call, in reverse fleet order, and waits until they are unmounted', async () => {
    const answer = await stop({ clone1: RUNNING, clone2: {}, clone3: RUNNING });
    expect(host.changes).toEqual([['stop', '--no-block', SERVICE('clone3'), SERVICE('clone1')]]);
    expect(answer).toEqual({
      clones: [
        { name: 'clone1', result: 'changed', state: 'stopped' },
        { name: 'clone2', result: 'in_sync', state: 'stopped' },
        { name: 'clone3', result: 'changed', state: 'stopped' },
      ],
      totals: { clones: 3, changed: 2, in_sync: 1, failed: 0 },
      _output: '3 clones: 2 stopped, 1 already stopped, 0 failed',
    });
  });

  test('keeps mounted roots active, and unmounts them together when their clones have stopped', async () => {
    const keepActive = jest.fn<FakeHost['keepActive']>();
    await stop({ clone1: RUNNING, clone2: {}, clone3: RUNNING }, {}, (fake) => {
      keepActive.mockImplementation(fake.keepActive);
      fake.keepActive = keepActive;
    });
    expect(keepActive.mock.calls).toEqual([
      [expect.stringMatching(/^puppet-clone-army-stop-\d+$/), [MOUNT('clone1'), MOUNT('clone3')]],
    ]);
    expect(host.systemd.state).toMatchObject({ umounts: [[ROOT('clone1'), ROOT('clone3')]], keptActive: [] });
  });

  test('leaves roots to systemd if it cannot keep them active', async () => {
    const answer = await stop({ clone1: RUNNING }, {}, (fake) => {
      fake.keepActive = async () => async () => {};
    });
    expect(host.systemd.state.umounts).toEqual([]);
    expect(answer).toMatchObject({ clones: [{ result: 'changed', state: 'stopped' }] });
  });

  test('stops more clones at a time than there are lanes, but not all of a large fleet', async () => {
    const fleet = Array.from({ length: 200 }, (_, i) => [`clone${i + 1}`, RUNNING] as const);
    const answer = await stop(Object.fromEntries(fleet));
    expect(answer).toMatchObject({ totals: { clones: 200, changed: 200 } });
    expect(host.systemd.state.peak.deactivating).toBeGreaterThan(LANES);
    expect(host.systemd.state.peak.deactivating).toBeLessThan(100);
  });

  test('stops a clone whose start is queued', async () => {
    const answer = await stop({ clone1: { job: 'start', pollsLeft: 9 } });
    expect(host.changes).toEqual([['stop', '--no-block', SERVICE('clone1')]]);
    expect(answer).toMatchObject({ clones: [{ result: 'changed', state: 'stopped' }] });
  });

  test('does not change a clone that failed and is unmounted', async () => {
    const answer = await stop({ clone1: { service: 'failed' } });
    expect(host.changes).toEqual([]);
    expect(answer).toMatchObject({ clones: [{ result: 'in_sync', state: 'failed' }] });
  });

  test('unmounts the root of a stopped clone', async () => {
    const answer = await stop({ clone1: { mount: 'active' } });
    expect(host.changes).toEqual([]);
    expect(host.systemd.state.umounts).toEqual([[ROOT('clone1')]]);
    expect(answer).toMatchObject({ clones: [{ result: 'changed', state: 'stopped' }] });
  });

  test('reports a clone as failed if its root is still mounted', async () => {
    const answer = await stop({ clone1: { ...RUNNING, behaviour: 'stays-mounted' }, clone2: RUNNING });
    expect(host.systemd.state.umounts).toEqual([[ROOT('clone1'), ROOT('clone2')]]);
    expect(answer).toMatchObject({
      clones: [
        {
          name: 'clone1',
          result: 'failed',
          state: 'stopping',
          message: expect.stringContaining('fuser -vm /var/lib/machines/clone1'),
        },
        { name: 'clone2', result: 'changed' },
      ],
      _error: { kind: 'clone_army/clones-failed', details: { failed: ['clone1'] } },
    });
  });

  test('reports clones that are still stopping at the timeout', async () => {
    const answer = await stop({ clone1: { ...RUNNING, behaviour: 'hangs' } }, { timeout: 5 });
    expect(answer).toMatchObject({
      clones: [{ result: 'failed', state: 'stopping', message: 'still stopping after 5 s' }],
      _error: { kind: 'clone_army/timeout', details: { pending: ['clone1'] } },
    });
  });

  test('leaves roots that are still mounted at the timeout to systemd', async () => {
    await stop({ clone1: { ...RUNNING, behaviour: 'hangs' }, clone2: RUNNING }, { timeout: 0 });
    expect(host.systemd.state.keptActive).toEqual([]);
  });

  test('reports a clone whose root is being unmounted at the timeout as still stopping', async () => {
    const answer = await stop({ clone1: { mount: 'active' } }, { timeout: 5 }, (fake) => {
      fake.umount = () => new Promise(() => {});
    });
    expect(answer).toMatchObject({
      clones: [{ result: 'failed', state: 'stopping', message: 'still stopping after 5 s' }],
      _error: { kind: 'clone_army/timeout', details: { pending: ['clone1'] } },
    });
  });

  test('leaves roots to systemd if umount cannot be run', async () => {
    const answer = await stop({ clone1: RUNNING, clone2: { mount: 'active' } }, {}, (fake) => {
      fake.umount = async () => {
        throw new Error('nsenter cannot be run: spawn nsenter ENOENT');
      };
    });
    expect(answer).toMatchObject({ totals: { clones: 2, changed: 2 } });
  });

  test('reports in noop mode which clones would change', async () => {
    const answer = await stop(
      { clone1: RUNNING, clone2: {}, clone3: { ...RUNNING, load: 'masked' } },
      { _noop: true },
    );
    expect(host.changes).toEqual([]);
    expect(answer).toEqual({
      noop: true,
      clones: [
        { name: 'clone1', result: 'changed', state: 'running' },
        { name: 'clone2', result: 'in_sync', state: 'stopped' },
        { name: 'clone3', result: 'changed', state: 'running' },
      ],
      totals: { clones: 3, changed: 2, in_sync: 1, failed: 0 },
      _output: '3 clones: 2 would stop, 1 already stopped, 0 failed',
    });
  });
});
