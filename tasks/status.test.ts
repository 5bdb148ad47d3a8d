import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DISK_MIB } from '../model/limits.ts';
import { overlayOf } from '../model/names.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './status.ts';
import { AGENT, FakeHost, fleetOf, MEMORY, NAMES } from './testing/host.ts';
import { summaryOf } from './testing/summary.ts';
import { MACHINED_FILES, RUNNING } from './testing/systemd.ts';

const clonesTo = (count: number) => Array.from({ length: count }, (_, i) => `clone${i + 1}`);

describe('status', () => {
  let host: FakeHost;
  const status = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

  beforeEach(() => {
    host = new FakeHost({
      clone1: RUNNING,
      clone2: {},
      clone3: { service: 'failed', load: 'masked' },
      clone4: { job: 'start', pollsLeft: 9, wanted: false },
      clone5: { ...RUNNING, job: 'stop', pollsLeft: 9 },
    });
    host.writeFleet(fleetOf());
    host.writeAgent('debian-13');
  });
  afterEach(() => host.remove());

  test('reports the state of each clone, and changes nothing', async () => {
    host.writeSummary('clone1', summaryOf({ changed: 2 }));
    host.writeSummary('clone3', summaryOf({ failed: 1 }));
    const answer = await status();
    expect(host.changes).toEqual([]);

    const lastRun = {
      time: '2026-11-24T11:58:20Z',
      seconds: 1.94,
      catalog_version: '1795521500',
      agent_version: '8.10.0',
    };
    const base = 'debian-13';
    const root = (clone: string) => `/var/lib/machines/${clone}`;
    expect(answer).toEqual({
      host: 'host1.example',
      server: 'puppet.example',
      run_mode: 'service',
      totals: {
        clones: 5,
        running: 1,
        stopped: 1,
        starting: 1,
        stopping: 1,
        failed: 1,
        enabled: 3,
        older_image: 0,
        overdue: 0,
        memory: 2 * MEMORY,
        checked_in: 2,
        last_run_failed: 1,
      },
      progress: { to_go: 1, per_second: null, seconds_left: null },
      limits: [
        {
          limit: 'systemd-machined LimitNOFILE',
          allowed: MACHINED_FILES,
          per_clone: 4,
          clones: 100,
          raised: true,
        },
      ],
      breaks_first: 'systemd-machined LimitNOFILE',
      clones: [
        {
          name: 'clone1',
          state: 'running',
          since: '2026-11-24T12:00:05Z',
          memory: MEMORY,
          base,
          older_image: null,
          root: root('clone1'),
          enabled: true,
          last_run: { ...lastRun, outcome: 'changed', changed: 2, failed: 0 },
        },
        {
          name: 'clone2',
          state: 'stopped',
          since: null,
          memory: null,
          base,
          older_image: null,
          root: root('clone2'),
          enabled: true,
          last_run: null,
        },
        {
          name: 'clone3',
          state: 'failed',
          since: null,
          memory: null,
          base,
          older_image: null,
          root: root('clone3'),
          enabled: false,
          last_run: { ...lastRun, outcome: 'failed', changed: 0, failed: 1 },
        },
        {
          name: 'clone4',
          state: 'starting',
          since: null,
          memory: null,
          base,
          older_image: null,
          root: root('clone4'),
          enabled: false,
          last_run: null,
        },
        {
          name: 'clone5',
          state: 'stopping',
          since: null,
          memory: MEMORY,
          base,
          older_image: null,
          root: root('clone5'),
          enabled: true,
          last_run: null,
        },
      ],
      _output: expect.stringMatching(/^host1\.example, server puppet\.example: 5 clones, 1 running/),
    });
  });

  test('reports how often systemd has restarted a clone, and asks only about clones with a mark', async () => {
    const { clone2, clone3 } = host.systemd.state.clones;
    for (const clone of [clone2, clone3]) if (clone) clone.restarts = 3;
    for (const name of ['clone1', 'clone3', 'gone1'])
      host.write(`/run/puppet-clone-army/restarted/${name}`, '');
    const { clones, _output } = await status();

    const restarts = (clones as { name: string; restarts?: number }[]).map((clone) => [
      clone.name,
      clone.restarts,
    ]);
    expect(restarts.filter(([, count]) => count !== undefined)).toEqual([['clone3', 3]]);
    expect(_output).toContain('Restarted by systemd after they died or rebooted: clone3 3x;');
    expect(host.systemd.state.calls.filter((call) => call.includes('--property=Id,NRestarts'))).toEqual([
      [
        'show',
        '--property=Id,NRestarts',
        'puppet-clone-army@clone1.service',
        'puppet-clone-army@clone3.service',
      ],
    ]);
  });

  test('reports selected clones only', async () => {
    expect(await status({ clones: 'clone2-3' })).toMatchObject({
      totals: { clones: 2, running: 0, stopped: 1, failed: 1 },
      clones: [{ name: 'clone2' }, { name: 'clone3' }],
    });
  });

  test('makes the same calls to systemd for a large fleet as for a small one', async () => {
    const large = new FakeHost(Object.fromEntries(clonesTo(300).map((name) => [name, RUNNING])));
    large.writeFleet(fleetOf({ count: 300 }));
    await perform(definition, run, '{}', large);
    large.remove();
    await status();
    expect(large.systemd.state.calls).toEqual(host.systemd.state.calls);
  });

  test.each([
    [false, [], '0 of 300 clones are listed'],
    [true, clonesTo(300), 'clone300'],
  ])(
    'lists clones that need attention, or all, for a large fleet: detail=%p',
    async (detail, names, text) => {
      host.remove();
      host = new FakeHost(Object.fromEntries(clonesTo(300).map((name) => [name, RUNNING])));
      host.writeFleet(fleetOf({ count: 300 }));
      const answer = await status({ detail });
      expect(answer).toMatchObject({ totals: { clones: 300, running: 300, memory: 300 * MEMORY } });
      expect((answer.clones as { name: string }[]).map(({ name }) => name)).toEqual(names);
      expect(answer._output).toContain(text);
    },
  );

  test('reads the last run of an agent before version 7 from statedir', async () => {
    host.writeAgent('debian-13', { ...AGENT, version: '5.5.22', publicdir: '' });
    host.write(`${overlayOf(NAMES, 'clone2')}${AGENT.statedir}/last_run_summary.yaml`, summaryOf({}));
    expect(await status({ clones: 'clone2' })).toMatchObject({
      clones: [{ last_run: { outcome: 'unchanged' } }],
    });
  });

  test('ignores a summary that is incomplete or a link', async () => {
    host.writeSummary('clone1', summaryOf({}).slice(0, 100));
    host.write('/secret.yaml', summaryOf({}));
    const folder = path.join(host.root, overlayOf(NAMES, 'clone2'), AGENT.publicdir);
    fs.mkdirSync(folder, { recursive: true });
    fs.symlinkSync(path.join(host.root, 'secret.yaml'), path.join(folder, 'last_run_summary.yaml'));
    expect(await status({ clones: 'clone1-2' })).toMatchObject({
      clones: [{ last_run: null }, { last_run: null }],
    });
  });

  test('reports disk usage of clones and images only if requested', async () => {
    const state = NAMES.stateDir;
    host.write(`${overlayOf(NAMES, 'clone1')}/var/log/journal/file`, 'x'.repeat(100_000));
    for (const folder of ['debian-13-replaced', '.debian-13-replaced.1', 'clone1-workdir', '.service']) {
      host.write(`${state}/${folder}/etc/file`, 'x');
    }
    const answer = await status({ clones: 'clone1-2', disk: true });
    const [first, second] = answer.clones as { disk: number }[];
    expect(first?.disk).toBeGreaterThanOrEqual(100_000);
    expect(second?.disk).toBe(0);
    expect(answer).toMatchObject({
      totals: { disk: first?.disk },
      images: [
        { name: '.debian-13-replaced.1', disk: expect.any(Number) },
        { name: 'debian-13', disk: expect.any(Number) },
        { name: 'debian-13-replaced', disk: expect.any(Number) },
      ],
    });
    expect(answer._output).toMatch(/^Images: .*debian-13 .*\n\nCLONE .* DISK\n/m);
    expect(JSON.stringify(await status())).not.toMatch(/"disk"|DISK|images/);
  });

  test('reports how many clones fit on the disk', async () => {
    host.free = 1024 ** 3;
    host.createOverlay('clone1');
    expect((await status()).limits).toContainEqual({
      limit: 'disk_free_mib',
      allowed: 1024,
      per_clone: DISK_MIB.service,
      raised: false,
      clones: 1 + Math.floor((1024 - DISK_MIB.system) / DISK_MIB.service),
    });
  });
});
