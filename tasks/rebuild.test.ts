import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './rebuild.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

describe('rebuild', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({ clone1: RUNNING, clone2: RUNNING, clone3: {}, canary1: RUNNING });
    host.writeFleet(fleetOf({ count: 3 }, { base: 'canary', prefix: 'canary', count: 1 }));
  });
  afterEach(() => host.remove());

  const rebuild = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

  test('builds all images one after the other, and counts the clones that use the previous ones', async () => {
    expect(await rebuild()).toEqual({
      bases: [
        { name: 'debian-13', result: 'changed', clones_to_restart: 2 },
        { name: 'canary', result: 'changed', clones_to_restart: 1 },
      ],
      totals: { bases: 2, changed: 2, failed: 0, clones_to_restart: 3 },
      _output:
        '2 base images: 2 built, 0 failed\n3 clones use the previous image until they are restarted, for example by clone_army::restart',
    });
    expect(host.built).toEqual([
      ['debian-13', 3600],
      ['canary', 3540],
    ]);
    expect(host.changes).toEqual([]);
  });

  test('builds only selected images', async () => {
    expect(await rebuild({ base: 'canary' })).toMatchObject({ totals: { bases: 1, clones_to_restart: 1 } });
    expect(host.built.map(([base]) => base)).toEqual(['canary']);
  });

  test('refuses an unknown image, and suggests a similar one', async () => {
    expect(await rebuild({ base: 'canari' })).toMatchObject({
      _error: { kind: 'clone_army/unknown-base', msg: expect.stringContaining('did you mean "canary"') },
    });
    expect(host.built).toEqual([]);
  });

  test('builds the others if a build fails, and reports the last line of its output', async () => {
    host.builds.set('debian-13', {
      code: 1,
      stdout: 'build-base: debian-13: bootstrapping\n',
      stderr: 'E: x\nbuild-base: no \u001b[1mspace\n',
    });
    expect(await rebuild()).toMatchObject({
      bases: [
        { name: 'debian-13', result: 'failed', message: 'build-base: no [1mspace', clones_to_restart: 0 },
        { name: 'canary', result: 'changed' },
      ],
      _error: {
        kind: 'clone_army/builds-failed',
        msg: '1 of 2 base images were not built. debian-13: build-base: no [1mspace',
        details: { failed: ['debian-13'] },
      },
    });
  });

  test('stops at the timeout', async () => {
    host.builds.set('debian-13', null);
    expect(await rebuild({ timeout: 100 })).toMatchObject({
      bases: [
        { result: 'failed', message: expect.stringMatching(/^not built after 100 s/) },
        { result: 'failed', message: expect.stringMatching(/^not begun after 100 s/) },
      ],
    });
    expect(host.built).toEqual([['debian-13', 100]]);
  });

  test('builds nothing in noop mode', async () => {
    expect(await rebuild({ _noop: true })).toMatchObject({
      noop: true,
      _output: '2 base images: 2 would be built, 0 failed',
    });
    expect(host.built).toEqual([]);
  });
});
