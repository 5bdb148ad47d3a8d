import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fleet } from '../model/fleet.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './run.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { summaryOf } from './testing/summary.ts';
import { LANES, RUNNING } from './testing/systemd.ts';

/** Output of the script in a clone: the agent's exit code, and what the script prints of its log. */
const agent = (code: number, log = '') => ({ code: 100 + code, stdout: log, stderr: '' });

describe('run', () => {
  let host: FakeHost;
  const runAgents = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

  function createHost(count: number, fleet: Partial<Fleet> = {}) {
    const clones = Array.from({ length: count }, (_, i) => [`clone${i + 1}`, RUNNING] as const);
    host = new FakeHost(Object.fromEntries(clones));
    host.writeFleet({ ...fleetOf({ count }), ...fleet });
    host.writeAgent('debian-13');
  }
  beforeEach(() => createHost(3));
  afterEach(() => host.remove());

  test('reports the outcome for each clone, and the run as the agent recorded it', async () => {
    host.outputs.set('clone2', agent(2));
    host.outputs.set('clone3', agent(6, 'Error: /File[x]: no space left\nNotice: Applied catalog\n'));
    host.writeSummary('clone1', summaryOf({}));
    host.onEnd = (clone) => {
      if (clone === 'clone2') host.writeSummary(clone, summaryOf({ changed: 1, time: host.now() / 1000 }));
    };
    expect(await runAgents()).toMatchObject({
      // The summary of clone1 is older than the run.
      clones: [
        { name: 'clone1', result: 'unchanged', state: 'running', last_run: null },
        { name: 'clone2', result: 'changed', last_run: { outcome: 'changed', changed: 1, failed: 0 } },
        { name: 'clone3', result: 'failed', message: '/File[x]: no space left' },
      ],
      totals: { clones: 3, unchanged: 1, changed: 1, failed: 1, skipped: 0, timed_out: 0 },
      _output:
        '3 clones: 1 unchanged, 1 changed, 1 failed, 0 skipped, 0 timed out\nclone3: /File[x]: no space left',
      _error: {
        kind: 'clone_army/clones-failed',
        msg: '1 of 3 agent runs failed. clone3: /File[x]: no space left',
        details: { failed: ['clone3'], pending: [] },
      },
    });
  });

  test.each([
    [
      'its agent is disabled',
      "Notice: Skipping run of Puppet configuration client; administratively disabled (Reason: 'x');\nUse 'puppet agent --enable' to re-enable.\n",
    ],
    [
      'its agent is already running',
      'Notice: Run of Puppet configuration client already in progress; skipping  (/x.lock exists)\n',
    ],
    ['its agent is already running', 'Another puppet instance is already running; exiting\n'],
    [
      'the host is too busy',
      'The host has been too busy for 10 minutes, skipping this run: set a longer run_interval for the fleet\n',
    ],
  ])('reports a run as skipped if %s', async (why, log) => {
    host.outputs.set('clone1', agent(1, log));
    const answer = await runAgents({ clones: 'clone1' });
    expect(answer).not.toHaveProperty('_error');
    expect(answer).toMatchObject({
      clones: [{ result: 'skipped', message: expect.stringContaining(why) }],
      totals: { skipped: 1 },
    });
  });

  test('does not run two agents in a clone', async () => {
    const stderr =
      'Failed to start transient service unit: Unit puppet-clone-army-run-now.service already exists.\n';
    host.outputs.set('clone1', { code: 1, stdout: '', stderr });
    expect(await runAgents({ clones: 'clone1' })).toMatchObject({
      clones: [{ result: 'skipped', message: expect.stringContaining('still in progress') }],
    });
    expect(host.commands).toMatchObject([{ clone: 'clone1', unit: 'puppet-clone-army-run-now' }]);
  });

  test.each([
    [
      'has no certificate',
      agent(1, 'Exiting now because the waitforcert setting is set to 0.\n'),
      'Exiting now',
    ],
    ['printed nothing', agent(1), 'the agent ended with exit code 1'],
    ['is missing', agent(27), 'the agent ended with exit code 27'],
    [
      'cannot be reached',
      { code: 1, stdout: '', stderr: 'Failed to connect to bus: No such file\n' },
      'Failed to connect',
    ],
    ['cannot be run', new Error('systemd-run cannot be run: spawn systemd-run ENOENT'), 'ENOENT'],
    ['writes control characters', agent(4, `Error: \u001b[31m${'x'.repeat(9000)}\n`), '[31mxxx'],
  ])('explains the failure of an agent that %s', async (_, output, message) => {
    host.outputs.set('clone1', output);
    const { clones } = (await runAgents({ clones: 'clone1' })) as { clones: { message: string }[] };
    expect(clones).toMatchObject([{ result: 'failed', message: expect.stringContaining(message) }]);
    expect(clones[0]?.message.length).toBeLessThan(400);
  });

  test('fails for a clone that is not running, and runs the others', async () => {
    Object.assign(host.systemd.state.clones.clone2 as object, { service: 'inactive', mount: 'inactive' });
    expect(await runAgents()).toMatchObject({
      clones: [
        { result: 'unchanged' },
        { result: 'failed', state: 'stopped', message: expect.stringContaining('start the clone first') },
        { result: 'unchanged' },
      ],
    });
    expect(host.commands.map(({ clone }) => clone)).toEqual(['clone1', 'clone3']);
  });

  test.each([
    [{}, {}, LANES],
    [{}, { concurrent_runs: 3 }, 3],
    [{ concurrency: 7 }, { concurrent_runs: 3 }, 7],
  ])('runs a limited number of agents at a time: %j, with %j in fleet.json', async (input, fleet, most) => {
    createHost(40, fleet);
    expect(await runAgents(input)).toMatchObject({ totals: { clones: 40, unchanged: 40 } });
    expect(host.mostRunning).toBe(most);
  });

  test('stops waiting at the timeout', async () => {
    host.outputs.set('clone1', null);
    host.outputs.set('clone2', null);
    expect(await runAgents({ concurrency: 2, timeout: 30 })).toMatchObject({
      clones: [
        { result: 'timed_out', message: 'still in progress after 30 s; it continues in the background' },
        { result: 'timed_out' },
        { result: 'timed_out', message: 'not begun after 30 s' },
      ],
      _error: {
        kind: 'clone_army/timeout',
        msg: expect.stringMatching(/^3 of 3 did not end within 30 s\. .*increase timeout$/),
        details: { failed: [], pending: ['clone1', 'clone2', 'clone3'] },
      },
    });
    expect(host.left).toEqual(['clone1', 'clone2']);
  });

  test('runs nothing in noop mode', async () => {
    Object.assign(host.systemd.state.clones.clone2 as object, { service: 'inactive', mount: 'inactive' });
    expect(await runAgents({ _noop: true })).toMatchObject({
      noop: true,
      clones: [
        { result: 'skipped', message: 'noop, its agent would run' },
        { result: 'failed' },
        { result: 'skipped' },
      ],
    });
    expect(host.commands).toEqual([]);
  });
});
