import * as fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './status.ts';
import { FakeHost, fleetOf, SINCE } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

const FILE = '/var/lib/metrics/clones.prom';

let host: FakeHost;
const status = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

beforeEach(() => {
  host = new FakeHost({ clone1: RUNNING, clone2: {} });
  host.writeFleet({ ...fleetOf({ count: 2 }), run_mode: 'timer', run_interval: 60 });
  host.writeAgent('debian-13');
  host.now = () => SINCE.getTime() + 600_000;
  fs.mkdirSync(`${host.root}/var/lib/metrics`, { recursive: true });
});
afterEach(() => host.remove());

test('says which agents have not run when they were due', async () => {
  host.writeFleet({ ...fleetOf({ count: 2 }), run_mode: 'timer', run_interval: 3600 });
  expect(await status()).toMatchObject({ totals: { overdue: 0 } });

  host.writeFleet({ ...fleetOf({ count: 2 }), run_mode: 'timer', run_interval: 60 });
  const { clones, totals, _output } = await status();
  expect(clones).toMatchObject([{ name: 'clone1', overdue: expect.any(Number) }, { name: 'clone2' }]);
  expect((clones as object[])[1]).not.toHaveProperty('overdue');
  expect(totals).toMatchObject({ overdue: 1 });
  expect(_output).toMatch(/^Agent runs are overdue in 1 clone \(clone1\), by up to \d+ s;/m);
});

test('writes its totals to a file as OpenMetrics text, which every user can read', async () => {
  await status({ metrics_file: FILE });
  const lines = fs.readFileSync(host.root + FILE, 'utf8').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE puppet_clone_army_clones gauge',
      'puppet_clone_army_clones{state="running"} 1',
      'puppet_clone_army_clones{state="stopped"} 1',
      'puppet_clone_army_overdue_clones 1',
      '# UNIT puppet_clone_army_memory_bytes bytes',
      expect.stringMatching(/^puppet_clone_army_limit_clones\{limit="systemd-machined LimitNOFILE"\} \d+$/),
    ]),
  );
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
  expect(fs.statSync(host.root + FILE).mode & 0o777).toBe(0o644);
});

test('with --noop, writes no file', async () => {
  await status({ metrics_file: FILE, _noop: true });
  expect(fs.existsSync(host.root + FILE)).toBe(false);
});

test('fails for a file that cannot be written', async () => {
  expect(await status({ metrics_file: '/no/folder/clones.prom' })).toMatchObject({
    _error: {
      kind: 'clone_army/bad-input',
      msg: expect.stringMatching(/^metrics_file cannot be written: .*; name a file in a folder that exists$/),
    },
  });
});
