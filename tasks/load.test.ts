import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { finish } from '../load/driver/program.ts';
import { firstProgress } from '../load/driver/progress.ts';
import { planOf } from '../load/testing/plan.ts';
import { LOAD_FILES } from '../model/load/files.ts';
import type { Progress } from '../model/load/progress.ts';
import type { TestPlan } from '../model/load/roster.ts';
import { loadTestsOf } from '../model/names.ts';
import { perform } from './lib/main.ts';
import * as start from './load_start.ts';
import * as status from './load_status.ts';
import * as stop from './load_stop.ts';
import { FakeHost, fleetOf, NAMES } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

const TASKS = { start, status, stop };

let host: FakeHost;
let program: string | undefined;
beforeEach(() => {
  host = new FakeHost({ clone1: RUNNING, clone2: RUNNING, clone3: {} });
  host.writeFleet(fleetOf({ count: 2 }, { base: 'debian-12', prefix: 'old', count: 1 }));
  // The tasks copy their own file.
  program = process.argv[1];
  host.write('task.js', '// the driver');
  process.argv[1] = path.join(host.root, 'task.js');
});
afterEach(() => {
  process.argv[1] = program as string;
  host.remove();
});

const run = (task: keyof typeof TASKS, input: object = {}) =>
  perform(TASKS[task].definition, TASKS[task].run as never, JSON.stringify(input), host);

/** A test of the two running clones, which begins in a minute. */
function plan(more: Partial<TestPlan> = {}): TestPlan {
  return planOf({
    roster: { hosts: [{ name: 'host1.example', groups: [{ base: 'debian-13', clones: 2 }] }] },
    clones: ['clone1', 'clone2'],
    begin: host.now() + 60_000,
    ...more,
  });
}

const file = (id: string, name: string) => `${loadTestsOf(NAMES)}/${id}/${name}`;
const read = (id: string, name: string) => fs.readFileSync(host.root + file(id, name), 'utf8');

function writeProgress(id: string, more: Partial<Progress> = {}): void {
  host.write(
    file(id, LOAD_FILES.progress),
    JSON.stringify({ ...firstProgress(plan({ id }), host.now()), ...more }),
  );
}

describe('load_start', () => {
  test('starts the driver as a unit of its own', async () => {
    const test = plan();
    expect(await run('start', { plan: test })).toEqual({
      id: 'steady-1',
      folder: `${loadTestsOf(NAMES)}/steady-1`,
      begin: test.begin,
    });
    expect(JSON.parse(read('steady-1', LOAD_FILES.plan))).toEqual(test);
    expect(read('steady-1', LOAD_FILES.program)).toBe('// the driver');
    expect(fs.statSync(host.root + loadTestsOf(NAMES)).mode & 0o777).toBe(0o700);
    const folder = `${loadTestsOf(NAMES)}/steady-1`;
    expect(host.units).toEqual([
      {
        name: 'puppet-clone-army-load',
        description: 'Load test steady-1',
        // A minute until it begins, one for the test, ten for a run, and five to end.
        properties: expect.arrayContaining([
          `RuntimeMaxSec=${60 + 60 + 600 + 300}`,
          'KillMode=mixed',
          `ExecStopPost=${process.execPath} ${folder}/driver.js finish ${folder}`,
        ]),
        command: [process.execPath, `${folder}/driver.js`, 'drive', folder],
      },
    ]);
    expect(await run('status')).toMatchObject({ state: 'failed' });
    host.systemd.state.loadTest = 'steady-1';
    expect(await run('status')).toMatchObject({ id: 'steady-1', state: 'waiting', due: 0 });
  });

  test('keeps the files of the last twenty tests', async () => {
    for (let i = 1; i <= 25; i++) writeProgress(`old-${i}`);
    await run('start', { plan: plan() });
    const left = fs.readdirSync(host.root + loadTestsOf(NAMES));
    expect(left).toHaveLength(20);
    expect(left).toContain('steady-1');
  });

  test('refuses a second test, and an id that exists', async () => {
    host.systemd.state.loadTest = 'other';
    expect(await run('start', { plan: plan() })).toMatchObject({
      _error: { kind: 'clone_army/test-running', msg: expect.stringContaining('load_stop') },
    });
    host.systemd.state.loadTest = null;
    writeProgress('steady-1');
    expect(await run('start', { plan: plan() })).toMatchObject({
      _error: { kind: 'clone_army/test-running', msg: expect.stringContaining('choose another id') },
    });
    expect(host.units).toEqual([]);
  });

  test('tells why systemd does not start the driver', async () => {
    host.unitError = 'Failed to start transient service unit: Unit x.service already exists.\n';
    expect(await run('start', { plan: plan() })).toMatchObject({
      _error: { kind: 'clone_army/test-not-started', msg: expect.stringContaining('already exists') },
    });
  });

  test.each<[string, object, RegExp]>([
    ['an incomplete plan', { profile: { phases: [] } }, /plan\.profile must have required property 'seed'/],
    [
      'phases that are none',
      { profile: { ...planOf().profile, phases: [7] } },
      /plan\.profile\.phases\.0 must be object/,
    ],
    [
      'a search',
      { profile: { ...planOf().profile, phases: [] } },
      /plan\.profile\.phases must NOT have fewer than 1 items/,
    ],
    ['an id that is no folder name', { id: '../x' }, /plan\.id must match pattern/],
    [
      'the plan of another host',
      { roster: { hosts: [{ name: 'other', groups: [] }] } },
      /this host is host1/,
    ],
    ['clones of another fleet', { clones: ['clone1', 'clone9'] }, /1 of plan\.clones are not .*: clone9/],
    ['too few clones', { clones: ['clone1'] }, /has 1 names, but the roster has 2/],
    ['a begin in the past', { begin: 1000 }, /plan\.begin was \d+ s ago/],
  ])('refuses %s', async (_, more, message) => {
    expect(await run('start', { plan: { ...plan(), ...more } })).toMatchObject({
      _error: { kind: 'clone_army/bad-input', msg: expect.stringMatching(message) },
    });
    expect(host.units).toEqual([]);
  });
});

describe('load_status', () => {
  test('shows the progress of the newest test', async () => {
    host.systemd.state.loadTest = 'steady-1';
    writeProgress('steady-1', {
      state: 'running',
      at: host.now() + 90_000,
      due: 10,
      good: 7,
      failed: 1,
      running: 2,
      planned: 40,
      latencies: [...Array(50).fill(0), 8],
      objectives: [
        { text: 'failed = 0', spent: 1, allowed: 0 },
        { text: 'p95(total) <= 30s', spent: 2, allowed: 2 },
      ],
      pressure: 0.25,
      server: { kind: 'server', at: 0, took: 9, error: 'no answer within 4 s' },
    });
    expect(await run('status')).toMatchObject({
      id: 'steady-1',
      state: 'running',
      due: 10,
      _output: [
        'host1.example: load test steady-1 is running; 30 s gone, 30 s left',
        '10 of 40 arrivals due: 7 ended well, 1 failed, 2 in progress, 0 dropped, 0 held back',
        'Latency from arrival to end: half of the runs within some 1.1 s, 95 % within 1.1 s',
        'failed = 0 cannot hold any more: 1 run of this host broke it, and it allows 0',
        "tasks of this host waited for a processor 25 % of the time; the server's status API does not answer: no answer within 4 s",
      ].join('\n'),
    });
  });

  test('says that a test failed whose driver is gone', async () => {
    writeProgress('steady-1', { state: 'running', running: 3 });
    expect(await run('status', { id: 'steady-1' })).toMatchObject({
      state: 'failed',
      running: 0,
      error: expect.stringContaining('restarted'),
    });
  });

  test('says that there is no such test', async () => {
    expect(await run('status')).toMatchObject({ _error: { kind: 'clone_army/no-test' } });
    writeProgress('steady-1');
    expect(await run('status', { id: 'steady-2' })).toMatchObject({
      _error: { msg: expect.stringContaining('did you mean "steady-1"') },
    });
  });
});

describe('load_stop', () => {
  const stops = () => host.changes.filter(([command]) => command === 'stop');

  test('ends the test, and shows how it ended', async () => {
    host.systemd.state.loadTest = 'steady-1';
    writeProgress('steady-1', { state: 'stopped', due: 5, good: 5 });
    expect(await run('stop')).toMatchObject({ result: 'changed', state: 'stopped', good: 5 });
    expect(stops()).toEqual([['stop', '--no-block', 'puppet-clone-army-load.service']]);
  });

  test('leaves alone a test that has ended, and another one', async () => {
    writeProgress('steady-1', { state: 'done' });
    expect(await run('stop')).toMatchObject({ result: 'in_sync', state: 'done' });
    host.systemd.state.loadTest = 'other';
    expect(await run('stop', { id: 'steady-1' })).toMatchObject({ result: 'in_sync', state: 'done' });
    expect(stops()).toEqual([]);
  });

  test('changes nothing in noop mode', async () => {
    host.systemd.state.loadTest = 'steady-1';
    writeProgress('steady-1', { state: 'running' });
    expect(await run('stop', { _noop: true })).toMatchObject({ noop: true, state: 'running' });
    expect(stops()).toEqual([]);
  });
});

describe('finish', () => {
  const folder = () => `${host.root}${loadTestsOf(NAMES)}/steady-1`;

  test('is what the file of load_start does when the driver has ended', async () => {
    writeProgress('steady-1', { state: 'running' });
    process.env.SERVICE_RESULT = 'oom-kill';
    await start.program(['finish', folder()], host);
    delete process.env.SERVICE_RESULT;
    expect(await run('status')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('oom-kill'),
    });
  });

  test('says that the driver was killed', () => {
    writeProgress('steady-1', { state: 'running', running: 3 });
    finish(host, folder(), 'signal');
    expect(JSON.parse(read('steady-1', LOAD_FILES.progress))).toMatchObject({
      state: 'failed',
      running: 0,
      error: 'the driver ended before the test did: signal',
    });
  });

  test('leaves the word of a driver that ended in order', () => {
    writeProgress('steady-1', { state: 'stopped' });
    finish(host, folder(), 'success');
    expect(JSON.parse(read('steady-1', LOAD_FILES.progress))).toMatchObject({ state: 'stopped' });
  });
});
