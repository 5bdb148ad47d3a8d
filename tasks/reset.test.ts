import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { overlayOf, resetRequestOf } from '../model/names.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './reset.ts';
import { AGENT, FakeHost, fleetOf, NAMES } from './testing/host.ts';
import { type FakeClone, LANES, RUNNING } from './testing/systemd.ts';

const PREPARE = (clone: string) => `puppet-clone-army-prepare@${clone}.service`;
const SERVICE = (clone: string) => `puppet-clone-army@${clone}.service`;
const MOUNT = (clone: string) => `var-lib-machines-${clone}.mount`;

describe('reset', () => {
  let host: FakeHost;
  afterEach(() => host.remove());

  function createHost(clones: Record<string, Partial<FakeClone>>) {
    host = new FakeHost(clones);
    host.writeFleet(fleetOf({ count: Object.keys(clones).length }));
    host.writeAgent('debian-13');
    for (const clone of Object.keys(clones)) host.write(`${overlayOf(NAMES, clone)}/etc/motd`, 'edited');
  }
  beforeEach(() =>
    createHost({ clone1: RUNNING, clone2: {}, clone3: RUNNING, clone4: { service: 'failed' } }),
  );

  const reset = (input: object) => perform(definition, run, JSON.stringify(input), host);
  const isEdited = (clone: string) => fs.existsSync(`${host.root}${overlayOf(NAMES, clone)}/etc/motd`);
  const isRequested = (clone: string) => fs.existsSync(host.root + resetRequestOf(NAMES, clone));
  const refuse = (clone: string) => host.write(`${overlayOf(NAMES, clone)}/refuses-reset`, '');

  test('resets clones, restarts those that are up, and leaves the others down', async () => {
    expect(await reset({ clones: '*' })).toEqual({
      clones: [
        { name: 'clone1', result: 'changed', state: 'running' },
        { name: 'clone2', result: 'changed', state: 'stopped' },
        { name: 'clone3', result: 'changed', state: 'running' },
        { name: 'clone4', result: 'changed', state: 'failed' },
      ],
      totals: { clones: 4, changed: 4, in_sync: 0, failed: 0 },
      _output: '4 clones: 4 reset, 0 unchanged, 0 failed',
    });
    expect(host.changes).toEqual([
      ['reset-failed', SERVICE('clone1'), SERVICE('clone3')],
      ['restart', '--no-block', MOUNT('clone1'), MOUNT('clone3')],
      ['start', PREPARE('clone2'), PREPARE('clone4')],
    ]);
    expect(['clone1', 'clone2', 'clone3', 'clone4'].filter(isEdited)).toEqual([]);
  });

  test.each([{}, { detail: true }, { keep_certificate: false }])(
    'resets nothing without a selection: %j',
    async (input) => {
      expect(await reset(input)).toMatchObject({
        _error: {
          kind: 'clone_army/bad-input',
          msg: expect.stringContaining("clones='*' resets the whole fleet"),
        },
      });
      expect(host.changes).toEqual([]);
    },
  );

  test('resets only selected clones', async () => {
    await reset({ clones: 'clone2' });
    expect(['clone1', 'clone2', 'clone3'].map(isEdited)).toEqual([true, false, true]);
    expect(await reset({ base: 'debian-13' })).toMatchObject({ totals: { changed: 4 } });
  });

  test("keeps the agent's certificates", async () => {
    await reset({ clones: 'clone2' });
    expect(fs.existsSync(host.root + overlayOf(NAMES, 'clone2') + AGENT.ssldir)).toBe(true);
  });

  test('drops them if requested, and says what to do about it', async () => {
    const answer = await reset({ clones: 'clone2', keep_certificate: false });
    expect(fs.existsSync(host.root + overlayOf(NAMES, 'clone2') + AGENT.ssldir)).toBe(false);
    expect(answer._output).toMatch(/1 reset.*\n.*plan clone_army::clean/);
  });

  test.each([
    ['is missing', undefined],
    ['is not a plain path', { ...AGENT, ssldir: '/var/../etc' }],
    ['spans two lines', { ...AGENT, ssldir: '/var\n/etc' }],
  ])('does not touch a clone if the folder of its certificate %s', async (_, agent) => {
    fs.rmSync(`${host.root}${NAMES.stateDir}/debian-13`, { recursive: true });
    if (agent) host.writeAgent('debian-13', agent);
    expect(await reset({ clones: 'clone1-2' })).toMatchObject({
      clones: [1, 2].map(() => ({
        result: 'failed',
        message: expect.stringMatching(/certificates: .*keep_certificate=false/),
      })),
    });
    expect(host.changes).toEqual([]);
    expect(await reset({ clones: 'clone1-2', keep_certificate: false })).toMatchObject({
      totals: { changed: 2 },
    });
  });

  test('withdraws the request if a clone cannot be reset, and says where to find the reason', async () => {
    refuse('clone1');
    refuse('clone2');
    expect(await reset({ clones: 'clone1-2' })).toMatchObject({
      clones: ['clone1', 'clone2'].map((clone) => ({
        name: clone,
        result: 'failed',
        message: `it was not reset: see journalctl -u ${PREPARE(clone)}`,
      })),
      _error: { kind: 'clone_army/clones-failed' },
    });
    expect(['clone1', 'clone2'].map(isEdited)).toEqual([true, true]);
    expect(['clone1', 'clone2'].map(isRequested)).toEqual([false, false]);
  });

  test('withdraws the request if a root cannot be unmounted', async () => {
    createHost({ clone1: { ...RUNNING, behaviour: 'stays-mounted' } });
    expect(await reset({ clones: 'clone1' })).toMatchObject({
      clones: [
        {
          result: 'failed',
          state: 'running',
          message: expect.stringMatching(/^it was not reset: .*fuser -vm/),
        },
      ],
    });
    expect([isEdited('clone1'), isRequested('clone1')]).toEqual([true, false]);
  });

  test('leaves the request for the next start if a reset has begun', async () => {
    refuse('clone2');
    host.write(`${resetRequestOf(NAMES, 'clone2')}-old/etc/motd`, '');
    expect(await reset({ clones: 'clone2' })).toMatchObject({
      clones: [{ result: 'failed', message: expect.stringContaining('continues at its next start') }],
    });
    expect(isRequested('clone2')).toBe(true);
  });

  test('leaves a masked clone running, because it could not start again', async () => {
    createHost({ clone1: { ...RUNNING, load: 'masked' }, clone2: { load: 'masked' } });
    expect(await reset({ clones: '*' })).toMatchObject({
      clones: [
        { result: 'failed', state: 'running', message: expect.stringContaining('unmask') },
        { result: 'changed' },
      ],
    });
    expect(['clone1', 'clone2'].map(isEdited)).toEqual([true, false]);
  });

  test('resets one clone per lane at a time', async () => {
    createHost(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`clone${i + 1}`, RUNNING])));
    expect(await reset({ clones: '*' })).toMatchObject({ totals: { changed: 20 } });
    expect(host.systemd.state.peak.activating).toBe(LANES);
  });

  test('does not touch clones that are not begun at the timeout', async () => {
    createHost(
      Object.fromEntries(
        Array.from({ length: LANES + 1 }, (_, i) => [`clone${i + 1}`, { ...RUNNING, behaviour: 'hangs' }]),
      ),
    );
    expect(await reset({ clones: '*', timeout: 5 })).toMatchObject({
      _error: { kind: 'clone_army/timeout' },
    });
    expect(isEdited('clone5')).toBe(true);
    expect(isRequested('clone5')).toBe(false);
  });

  test('changes nothing in noop mode', async () => {
    expect(await reset({ clones: 'clone1-2', _noop: true })).toMatchObject({
      noop: true,
      _output: '2 clones: 2 would be reset, 0 unchanged, 0 failed',
    });
    expect(host.changes).toEqual([]);
    expect(['clone1', 'clone2'].map(isEdited)).toEqual([true, true]);
  });
});
