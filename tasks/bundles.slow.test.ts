import * as fs from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { firstProgress } from '../load/driver/progress.ts';
import { arrivals } from '../load/schedule/arrivals.ts';
import { planOf } from '../load/testing/plan.ts';
import { recordOf } from '../load/testing/recorded.ts';
import { sampleResult } from '../load/testing/result.ts';
import { loadTestsOf } from '../model/names.ts';
import { changesOf, makeBundles, NODES, nodeBinary, runBundle } from './testing/bundle.ts';
import { FakeHost, fleetOf, MEMORY, NAMES, SINCE } from './testing/host.ts';
import { summaryOf } from './testing/summary.ts';
import { RUNNING } from './testing/systemd.ts';

/** Parameters that Bolt adds. */
const BOLT = { _installdir: '/tmp/x', _noop: false };

const SERVICE = (clone: string) => `puppet-clone-army@${clone}.service`;

/** Calls of systemctl that restart a clone. */
const RESTART = [
  ['reset-failed', SERVICE('clone1')],
  ['restart', '--no-block', 'var-lib-machines-clone1.mount'],
];

let bundles: Awaited<ReturnType<typeof makeBundles>>;
let host: FakeHost;

beforeAll(async () => {
  bundles = await makeBundles();
});

beforeEach(() => {
  host = new FakeHost({ clone1: RUNNING, clone2: {}, clone3: { behaviour: 'fails' } });
  host.writeFleet(fleetOf({ count: 3 }));
});

afterEach(() => host.remove());

describe.each(NODES)('on Node %i, a bundle alone in its folder', (version) => {
  async function run(task: string, input: object | string, systemctl: string | null = bundles.systemctl) {
    const text =
      typeof input === 'string' ? input : JSON.stringify({ ...BOLT, _task: `clone_army::${task}`, ...input });
    const bundle = bundles.tasks.get(task) as string;
    const { code, stdout, stderr } = await runBundle(nodeBinary(version), bundle, text, host, systemctl);
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    return { code, answer: JSON.parse(stdout) };
  }

  test('starts clones', async () => {
    const { code, answer } = await run('start', { clones: 'clone1-2', timeout: 60 });
    expect(answer).toEqual({
      clones: [
        { name: 'clone1', result: 'in_sync', state: 'running' },
        { name: 'clone2', result: 'changed', state: 'running' },
      ],
      totals: { clones: 2, changed: 1, in_sync: 1, failed: 0 },
      _output: '2 clones: 1 started, 1 already running, 0 failed',
    });
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual([
      ['reset-failed', SERVICE('clone2')],
      ['start', '--no-block', SERVICE('clone2')],
    ]);
  });

  test('fails if a clone fails, and still returns the answer', async () => {
    const { code, answer } = await run('start', {});
    expect(answer).toMatchObject({
      clones: [{ result: 'in_sync' }, { result: 'changed' }, { result: 'failed' }],
      _error: { kind: 'clone_army/clones-failed', details: { failed: ['clone3'] } },
    });
    expect(code).toBe(1);
  });

  test('stops clones', async () => {
    const { code, answer } = await run('stop', { clones: ['clone?'] });
    expect(answer).toMatchObject({ totals: { clones: 3, changed: 1, in_sync: 2, failed: 0 } });
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual([['stop', '--no-block', SERVICE('clone1')]]);
  });

  test('restarts clones', async () => {
    const { code, answer } = await run('restart', {});
    expect(answer).toMatchObject({ totals: { clones: 3, changed: 1, in_sync: 2, failed: 0 } });
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual(RESTART);
  });

  test('resets clones', async () => {
    host.writeAgent('debian-13');
    host.createOverlay('clone1');
    const { code, answer } = await run('reset', { clones: 'clone1-2' });
    expect(answer).toMatchObject({ totals: { clones: 2, changed: 2, in_sync: 0, failed: 0 } });
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual([...RESTART, ['start', 'puppet-clone-army-prepare@clone2.service']]);
  });

  test('runs agents', async () => {
    host.writeCommand('systemd-run', 'case $1 in --machine=clone1) exit 102 ;; esac');
    const { code, answer } = await run('run', { clones: 'clone1' });
    expect(answer).toMatchObject({ clones: [{ result: 'changed' }], totals: { clones: 1, changed: 1 } });
    expect(code).toBe(0);
  });

  test('shows logs', async () => {
    host.writeCommand('systemd-run', 'echo "$1"; exit 100');
    const { code, answer } = await run('logs', { clones: 'clone1' });
    expect(answer).toMatchObject({ clones: [{ log: '--machine=clone1' }], totals: { read: 1 } });
    expect(code).toBe(0);
  });

  test('reports images that cannot be built', async () => {
    const { code, answer } = await run('rebuild', {});
    expect(answer).toMatchObject({
      bases: [{ result: 'failed', message: expect.stringContaining('build-base cannot be run: ') }],
      _error: { kind: 'clone_army/builds-failed' },
    });
    expect(code).toBe(1);
  });

  test('shows the state of clones', async () => {
    host.writeAgent('debian-13');
    host.writeSummary('clone1', summaryOf({ changed: 1 }));
    const { code, answer } = await run('status', { disk: true });
    const bytes = expect.any(Number);
    expect(answer).toMatchObject({
      host: 'host1.example',
      limits: expect.arrayContaining([expect.objectContaining({ limit: 'disk_free_mib', clones: bytes })]),
      images: [{ name: 'debian-13', disk: bytes }],
      totals: { clones: 3, running: 1, stopped: 2, enabled: 3, memory: MEMORY, disk: bytes, checked_in: 1 },
      clones: [
        { name: 'clone1', state: 'running', disk: bytes, last_run: { outcome: 'changed' } },
        { disk: 0, last_run: null },
        {},
      ],
      _output: expect.stringMatching(
        /^host1\.example, .*\nThis host can hold .*\nImages: .*\n\nCLONE +STATE +SINCE/,
      ),
    });
    expect(new Date(answer.clones[0].since)).toEqual(SINCE);
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual([]);
  });

  test('checks profiles of load tests', async () => {
    const profile = 'phases:\n  - { kind: herd, within: 90s }\n  - { kind: replay, file: a.log }\n';
    const good = await run('load_profile', { profile, files: { 'a.log': '2\n1\n' } });
    expect(good.answer).toMatchObject({ profile: { phases: [{ length: 90_000 }, { name: 'replay' }] } });
    const bad = await run('load_profile', { profile: `${profile}sed: 1\n`, files: { 'a.log': 'x' } });
    expect(bad.answer._error.details.problems).toEqual([
      expect.stringContaining(
        'profile.yaml:3:27: phases[1].file: "a.log" cannot be replayed: line 1 is neither',
      ),
      expect.stringContaining('profile.yaml:4:1: sed: is not a known key'),
    ]);
    expect([good.code, bad.code]).toEqual([0, 1]);
  });

  test('shows the progress of a load test', async () => {
    const progress = { ...firstProgress(planOf(), 0), state: 'running', due: 5, planned: 9 };
    host.write(`${loadTestsOf(NAMES)}/steady-1/progress.json`, JSON.stringify(progress));
    const { code, answer } = await run('load_status', {});
    expect(answer).toMatchObject({
      state: 'failed',
      _output: expect.stringContaining('5 of 9 arrivals due'),
    });
    expect(code).toBe(0);
  });

  test('collects what a load test has recorded, and reports it', async () => {
    const plan = planOf();
    const folder = `${loadTestsOf(NAMES)}/steady-1`;
    const records = [...arrivals(plan.profile, plan.roster)].map((arrival) => recordOf(arrival));
    host.write(`${folder}/plan.json`, JSON.stringify(plan));
    host.write(`${folder}/progress.json`, JSON.stringify({ ...firstProgress(plan, 0), state: 'done' }));
    host.write(`${folder}/records.ndjson`, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const collected = await run('load_collect', { id: 'steady-1' });
    expect(collected.answer).toMatchObject({ host: 'host1.example', state: 'done', arrivals: 9, good: 9 });
    const reported = await run('load_report', { folder });
    expect(reported.answer).toMatchObject({ passed: true, refused: false });
    expect([collected.code, reported.code]).toEqual([0, 0]);
  });

  test('compares load tests, in a page that contains its script and style', async () => {
    host.write('/var/lib/result.json', JSON.stringify(sampleResult({ minutes: 2 })));
    const results = ['/var/lib/result.json'];
    const { code, answer } = await run('load_compare', {
      before: results,
      after: results,
      folder: '/var/lib/compared',
    });
    expect(answer).toMatchObject({
      passed: true,
      files: expect.arrayContaining(['/var/lib/compared/compare.html']),
    });
    const page = fs.readFileSync(`${host.root}/var/lib/compared/compare.html`, 'utf8');
    expect(page.includes('--series-1:')).toBe(true);
    expect(page.includes('getElementById("data")')).toBe(true);
    expect(code).toBe(0);
  });

  test('changes nothing in noop mode', async () => {
    const { code, answer } = await run('stop', { _noop: true });
    expect(answer).toMatchObject({ noop: true, totals: { changed: 1, in_sync: 2 } });
    expect(code).toBe(0);
    expect(changesOf(host)).toEqual([]);
  });

  test("reports errors in Bolt's format", async () => {
    const failures = [
      await run('status', 'not JSON'),
      await run('start', { clone: 'clone1' }),
      await run('stop', { clones: 'clone9' }),
      await run('stop', { clones: 'clone2-1' }),
    ];
    expect(failures.map(({ answer }) => answer._error.kind.replace('clone_army/', ''))).toEqual([
      'bad-input',
      'bad-input',
      'unknown-clone',
      'bad-range',
    ]);
    for (const { code, answer } of failures) {
      expect(code).toBe(1);
      expect(Object.keys(answer)).toEqual(['_error']);
    }
  });
});

describe('a bundle', () => {
  const OFFLINE = "System has not been booted with systemd as init system (PID 1). Can't operate.";
  const status = (systemctl: string | null) =>
    runBundle(nodeBinary(12), bundles.tasks.get('status') as string, '{}', host, systemctl);

  test.each([
    ['has no systemctl', null, 'ENOENT'],
    ['has another init', `#!/bin/sh\necho "${OFFLINE}" >&2\nexit 1\n`, OFFLINE],
    ['is a chroot', '#!/bin/sh\necho "Running in chroot, ignoring command" >&2\n', 'Running in chroot'],
  ])('fails if the host %s', async (_, systemctl, why) => {
    const { code, stdout } = await status(systemctl);
    expect(JSON.parse(stdout)).toEqual({
      _error: {
        kind: 'clone_army/no-systemd',
        msg: expect.stringContaining(why),
        details: expect.anything(),
      },
    });
    expect(code).toBe(1);
  });

  test('fails without a fleet', async () => {
    host.remove();
    const { code, stdout } = await status(null);
    expect(JSON.parse(stdout)._error.kind).toBe('clone_army/no-fleet');
    expect(code).toBe(1);
  });

  test('contains all its modules, and requires built-in ones without the prefix that Node 12 does not know', () => {
    for (const bundle of bundles.tasks.values()) expect(bundle).not.toMatch(/require\("(node:|\.)/);
  });
});
