import { afterEach, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './start.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { type FakeClone, LANES, RUNNING } from './testing/systemd.ts';

const SERVICE = (clone: string) => `puppet-clone-army@${clone}.service`;

describe('start', () => {
  let host: FakeHost;
  afterEach(() => host.remove());

  function start(clones: Record<string, Partial<FakeClone>>, input: object = {}) {
    host = new FakeHost(clones);
    host.writeFleet(fleetOf({ count: Object.keys(clones).length }));
    return perform(definition, run, JSON.stringify(input), host);
  }

  test('starts stopped clones in one call, in fleet order, and waits for them', async () => {
    const answer = await start({ clone1: {}, clone2: RUNNING, clone3: {} });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone1'), SERVICE('clone3')],
      ['start', '--no-block', SERVICE('clone1'), SERVICE('clone3')],
    ]);
    expect(answer).toEqual({
      clones: [
        { name: 'clone1', result: 'changed', state: 'running' },
        { name: 'clone2', result: 'in_sync', state: 'running' },
        { name: 'clone3', result: 'changed', state: 'running' },
      ],
      totals: { clones: 3, changed: 2, in_sync: 1, failed: 0 },
      _output: '3 clones: 2 started, 1 already running, 0 failed',
    });
  });

  test('changes nothing if all clones are running', async () => {
    const answer = await start({ clone1: RUNNING, clone2: RUNNING });
    expect(host.changes).toEqual([]);
    expect(answer).toMatchObject({ totals: { in_sync: 2 } });
  });

  test('waits for a clone whose start is queued, and does not start it twice', async () => {
    const answer = await start({ clone1: { job: 'start', pollsLeft: 3 }, clone2: {} });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone2')],
      ['start', '--no-block', SERVICE('clone2')],
    ]);
    expect(answer).toMatchObject({ totals: { changed: 2, failed: 0 } });
  });

  test('starts only selected clones', async () => {
    const answer = await start({ clone1: {}, clone2: {}, clone3: {} }, { clones: 'clone2' });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone2')],
      ['start', '--no-block', SERVICE('clone2')],
    ]);
    expect(answer).toMatchObject({ totals: { clones: 1, changed: 1 } });
  });

  /** A fleet of 60 running clones, except for those with a number that matches the condition. */
  const fleetWithout = (isStopped: (number: number) => boolean, stopped: Partial<FakeClone> = {}) =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`clone${i + 1}`, isStopped(i + 1) ? stopped : RUNNING]),
    );

  test.each<[string, (number: number) => boolean]>([
    ['all clones', () => true],
    ['every second clone', (n) => n % 2 === 0],
    ['every third clone', (n) => n % 3 === 0],
    ['a whole lane', (n) => n % LANES === 0],
    ['every eighth clone', (n) => n % 8 === 0],
    ['some clones in irregular positions', (n) => [1, 2, 9, 17, 18, 19, 20, 33, 37, 38, 50, 58].includes(n)],
  ])('boots one clone per lane at a time, and finally all: %s', async (_, isStopped) => {
    const answer = await start(fleetWithout(isStopped));
    expect(answer).not.toHaveProperty('_error');
    expect(Object.values(host.systemd.state.clones).every(({ service }) => service === 'active')).toBe(true);
    expect(host.systemd.state.peak.activating).toBe(LANES);
  });

  test('continues with further clones after a failure', async () => {
    const clones = fleetWithout((n) => n % 8 === 0);
    Object.assign(clones, { clone8: { behaviour: 'fails' }, clone16: { load: 'masked' } });
    expect(await start(clones)).toMatchObject({
      totals: { clones: 60, changed: 5, in_sync: 53, failed: 2 },
      _error: { kind: 'clone_army/clones-failed', details: { failed: ['clone8', 'clone16'] } },
    });
  });

  test('reports clones whose start has not begun at the timeout', async () => {
    const answer = await start(
      fleetWithout((n) => n % 8 === 0, { behaviour: 'hangs' }),
      { timeout: 30 },
    );
    expect(answer).toMatchObject({
      _error: {
        kind: 'clone_army/timeout',
        msg: expect.stringMatching(
          /still in progress after 30 s: clone8, .*; not begun after 30 s: clone40, clone48, clone56 \(run the task again\)/,
        ),
        details: { pending: [8, 16, 24, 32, 40, 48, 56].map((n) => `clone${n}`) },
      },
    });
    expect(answer.clones).toContainEqual({
      name: 'clone40',
      result: 'failed',
      state: 'stopped',
      message: 'still stopped after 30 s',
    });
  });

  test('starts a clone that is stopping', async () => {
    const answer = await start({ clone1: { ...RUNNING, job: 'stop', pollsLeft: 5 } });
    expect(answer).toMatchObject({ clones: [{ name: 'clone1', result: 'changed', state: 'running' }] });
  });

  test('resets failed mounts and the count of starts first, in one call', async () => {
    await start({
      clone1: { service: 'failed', mount: 'failed' },
      clone2: { service: 'failed' },
      clone3: {},
    });
    expect(host.changes[0]).toEqual([
      'reset-failed',
      SERVICE('clone1'),
      'var-lib-machines-clone1.mount',
      SERVICE('clone2'),
      SERVICE('clone3'),
    ]);
    expect(host.changes).toHaveLength(2);
  });

  test('reports why clones failed and what to do, and starts the others', async () => {
    const answer = await start({
      clone1: { behaviour: 'fails' },
      clone2: { load: 'masked' },
      clone3: { behaviour: 'unmountable' },
      clone4: {},
    });
    const messages = {
      clone1: `failed (exit-code): see journalctl -u ${SERVICE('clone1')}`,
      clone2: `masked: run systemctl unmask ${SERVICE('clone2')}`,
      clone3: "its root was not mounted: see journalctl -u 'var-lib-machines-clone3.mount'",
    };
    expect(answer).toEqual({
      clones: [
        { name: 'clone1', result: 'failed', state: 'failed', message: messages.clone1 },
        { name: 'clone2', result: 'failed', state: 'stopped', message: messages.clone2 },
        { name: 'clone3', result: 'failed', state: 'stopped', message: messages.clone3 },
        { name: 'clone4', result: 'changed', state: 'running' },
      ],
      totals: { clones: 4, changed: 1, in_sync: 0, failed: 3 },
      _output: [
        '4 clones: 1 started, 0 already running, 3 failed',
        `clone1: ${messages.clone1}`,
        `clone2: ${messages.clone2}`,
        `clone3: ${messages.clone3}`,
      ].join('\n'),
      _error: {
        kind: 'clone_army/clones-failed',
        msg: `3 of 4 clones are not started. clone1: ${messages.clone1}; clone2: ${messages.clone2}; clone3: ${messages.clone3}`,
        details: { failed: ['clone1', 'clone2', 'clone3'] },
      },
    });
  });

  test('names only the first of many failed clones', async () => {
    const clones = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`clone${i + 1}`, { behaviour: 'fails' } as const]),
    );
    const answer = await start(clones);
    expect(answer).toMatchObject({ _error: { msg: expect.stringMatching(/clone3: [^;]+; and 9 more$/) } });
    expect(String(answer._output).split('\n').slice(-2)).toEqual([
      expect.stringMatching(/^clone10: /),
      'and 2 more that failed',
    ]);
  });

  test('reports clones that are still starting at the timeout', async () => {
    const answer = await start(
      { clone1: {}, clone2: { behaviour: 'hangs' }, clone3: { load: 'masked' } },
      { timeout: 30 },
    );
    expect(answer).toMatchObject({
      clones: [
        { name: 'clone1', result: 'changed' },
        { name: 'clone2', result: 'failed', state: 'starting', message: 'still starting after 30 s' },
        { name: 'clone3', result: 'failed' },
      ],
      totals: { clones: 3, changed: 1, in_sync: 0, failed: 2 },
      _error: {
        kind: 'clone_army/timeout',
        msg: expect.stringMatching(/still in progress after 30 s: clone2 .*clone_army::status/),
        details: { failed: ['clone2', 'clone3'], pending: ['clone2'] },
      },
    });
  });

  test('reports in noop mode which clones would change, and which would fail', async () => {
    const answer = await start({ clone1: {}, clone2: RUNNING, clone3: { load: 'masked' } }, { _noop: true });
    expect(host.changes).toEqual([]);
    expect(answer).toMatchObject({
      noop: true,
      clones: [
        { name: 'clone1', result: 'changed', state: 'stopped' },
        { name: 'clone2', result: 'in_sync', state: 'running' },
        { name: 'clone3', result: 'failed', message: `masked: run systemctl unmask ${SERVICE('clone3')}` },
      ],
      _output: expect.stringMatching(/^3 clones: 1 would start, 1 already running, 1 failed/),
      _error: { kind: 'clone_army/clones-failed' },
    });
  });

  test.each([
    ['bad-input', { clone: 'clone1' }],
    ['unknown-clone', { clones: 'clone1,clone9' }],
    ['bad-range', { clones: ['clone1', 'clone2-1'] }],
  ])('does nothing on %s', async (reason, input) => {
    const answer = await start({ clone1: {}, clone2: {} }, input);
    expect(answer).toMatchObject({ _error: { kind: `clone_army/${reason}` } });
    expect(host.systemd.state.calls).toEqual([]);
  });

  test('fails if systemd does not respond', async () => {
    host = new FakeHost({});
    host.writeFleet(fleetOf());
    host.systemctl = async () => ({
      code: 1,
      stdout: '',
      stderr: 'Failed to list jobs: Connection timed out\n',
    });
    expect(await perform(definition, run, '{}', host)).toMatchObject({
      _error: { kind: 'clone_army/no-systemd', msg: expect.stringContaining('Connection timed out') },
    });
  });
});
