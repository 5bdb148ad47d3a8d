import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './logs.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { LANES, RUNNING } from './testing/systemd.ts';

describe('logs', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({ clone1: RUNNING, clone2: RUNNING, clone3: {} });
    host.writeFleet(fleetOf({ count: 3 }));
  });
  afterEach(() => host.remove());

  const logs = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

  test('shows the end of the logs', async () => {
    host.outputs.set('clone1', { code: 100, stdout: 'line 1\nline 2\n', stderr: '' });
    expect(await logs({ clones: 'clone1-2', lines: 2 })).toEqual({
      clones: [
        { name: 'clone1', state: 'running', log: 'line 1\nline 2' },
        { name: 'clone2', state: 'running', log: '' },
      ],
      totals: { clones: 2, read: 2, failed: 0 },
      _output: '==> clone1 <==\nline 1\nline 2\n==> clone2 <==\n',
    });
    expect(host.commands[0]?.script).toContain(' --lines=2 ');
    expect(host.mostRunning).toBeLessThanOrEqual(LANES);
  });

  test('removes control characters and shortens lines, which root in a clone can write', async () => {
    host.outputs.set('clone1', { code: 100, stdout: `a\u001b[2Jb\r\n${'x'.repeat(5000)}\n`, stderr: '' });
    const { clones } = (await logs({ clones: 'clone1' })) as { clones: { log: string }[] };
    expect(clones[0]?.log).toBe(`a[2Jb\n${'x'.repeat(1000)}`);
  });

  test('says why a log cannot be read', async () => {
    host.outputs.set('clone1', { code: 1, stdout: '', stderr: 'Failed to connect to bus\n' });
    host.outputs.set('clone2', null);
    expect(await logs()).toMatchObject({
      clones: [
        { log: null, message: 'Failed to connect to bus' },
        { log: null, message: 'no answer within 60 s' },
        { log: null, state: 'stopped', message: 'stopped: its log can be read when it runs' },
      ],
      totals: { clones: 3, read: 0, failed: 3 },
      _error: { kind: 'clone_army/clones-failed' },
    });
  });

  test('refuses more clones than fit into an answer', async () => {
    host.writeFleet(fleetOf({ count: 51 }));
    expect(await logs()).toMatchObject({
      _error: { kind: 'clone_army/bad-input', msg: expect.stringContaining('the maximum is 50') },
    });
    expect(host.commands).toEqual([]);
  });
});
