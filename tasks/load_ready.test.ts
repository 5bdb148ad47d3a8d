import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './load_ready.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost({ clone1: RUNNING, clone2: RUNNING, clone3: {} });
  host.writeFleet(fleetOf({ count: 2 }, { base: 'debian-12', prefix: 'old', count: 1 }));
});
afterEach(() => host.remove());

const ready = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

describe('load_ready', () => {
  test('lists running clones by base image', async () => {
    Object.assign(host.systemd.state.clones, { old1: { ...host.systemd.state.clones.clone3 } });
    expect(await ready()).toEqual({
      name: 'host1.example',
      server: 'puppet.example',
      groups: [
        { base: 'debian-13', clones: ['clone1', 'clone2'] },
        { base: 'debian-12', clones: [] },
      ],
      clock: { now: expect.any(Number), offset: null, uncertainty: null },
      processors: 2,
      test: null,
    });
  });

  test('names the test that is running, and leaves out other base images', async () => {
    host.systemd.state.loadTest = 'steady-1';
    expect(await ready({ bases: ['debian-13'] })).toMatchObject({
      groups: [{ base: 'debian-13' }],
      test: 'steady-1',
    });
  });
});
