import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { arrivalsOf } from '../load/schedule/arrivals.ts';
import { phaseOf, profileOf, rosterOf } from '../load/testing/profile.ts';
import { hostPlan, recordOf } from '../load/testing/recorded.ts';
import { LOAD_FILES } from '../model/load/files.ts';
import type { Progress } from '../model/load/progress.ts';
import type { Reduced } from '../model/load/reduced.ts';
import { loadTestsOf } from '../model/names.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './load_collect.ts';
import { AGENT, FakeHost, NAMES } from './testing/host.ts';

/** 60 arrivals, one a second. */
const PROFILE = profileOf([phaseOf([{ kind: 'rate', at: 0, length: 60_000, from: 60, to: 60 }])]);
const ROSTER = rosterOf({ 'debian-13': 20 });
const PLAN = hostPlan(PROFILE, ROSTER);
const RECORDS = [...arrivalsOf(PROFILE, ROSTER, 0)].map((arrival) => recordOf(arrival));
const FOLDER = `${loadTestsOf(NAMES)}/steady-1`;

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost({});
  host.write(`${FOLDER}/${LOAD_FILES.plan}`, JSON.stringify(PLAN));
  host.write(`${FOLDER}/${LOAD_FILES.samples}`, '');
  writeRecords(60);
  writeProgress('done');
});
afterEach(() => host.remove());

const collect = (id = 'steady-1') => perform(definition, run, JSON.stringify({ id }), host);

function writeRecords(count: number): void {
  const lines = RECORDS.slice(0, count).map((record) => `${JSON.stringify(record)}\n`);
  host.write(`${FOLDER}/${LOAD_FILES.records}`, lines.join(''));
}

function writeProgress(state: Progress['state']): void {
  host.write(`${FOLDER}/${LOAD_FILES.progress}`, JSON.stringify({ id: 'steady-1', state }));
}

function readReduced(): Reduced {
  const file = path.join(host.root, FOLDER, LOAD_FILES.reduced);
  return JSON.parse(gunzipSync(fs.readFileSync(file)).toString());
}

describe('load_collect', () => {
  test('reduces what the host has recorded', async () => {
    host.writeAgent('debian-13');
    host.write('/etc/os-release', 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n');
    expect(await collect()).toEqual({
      file: `${FOLDER}/reduced.json.gz`,
      id: 'steady-1',
      host: 'host1',
      state: 'done',
      arrivals: 60,
      good: 60,
      failed: 0,
      dropped: 0,
      held_back: 0,
    });
    expect(readReduced()).toMatchObject({
      version: 1,
      state: 'done',
      about: {
        os: 'Debian GNU/Linux 13 (trixie)',
        kernel: expect.stringMatching(/^\d/),
        systemd: '257.8',
        processors: expect.any(Number),
        memory: expect.any(Number),
        agents: { 'debian-13': AGENT.version },
      },
    });
  });

  test('names the certificates that churn has left on the CA, each once', async () => {
    const workload = { facts: null, agentOptions: [], churn: 10 };
    host.write(
      `${FOLDER}/${LOAD_FILES.plan}`,
      JSON.stringify({ ...PLAN, profile: { ...PROFILE, workload } }),
    );
    const certnames = [
      undefined,
      'clone1-0123abcd-1.host1',
      'clone2-0123abcd-2.host1',
      'clone1-0123abcd-1.host1',
    ];
    const lines = certnames.map((certname, i) => `${JSON.stringify({ ...RECORDS[i], certname })}\n`);
    host.write(`${FOLDER}/${LOAD_FILES.records}`, lines.join(''));
    expect(await collect()).toMatchObject({ churned: [certnames[1], certnames[2]] });
  });

  test('has what is known so far if the test still runs', async () => {
    host.systemd.state.loadTest = 'steady-1';
    writeProgress('running');
    writeRecords(10);
    expect(await collect()).toMatchObject({ state: 'running', arrivals: 10, held_back: 0 });
  });

  test('counts as failed if the driver is gone without having ended', async () => {
    writeProgress('running');
    writeRecords(10);
    expect(await collect()).toMatchObject({
      state: 'failed',
      arrivals: 60,
      good: 10,
      held_back: 50,
      warnings: ['No record of 50 arrivals, counted as held back'],
    });
  });

  test('can be repeated', async () => {
    const answer = await collect();
    expect(await collect()).toEqual(answer);
  });

  test('fails if there is no such test, and names those that there are', async () => {
    expect(await collect('test-2')).toMatchObject({
      _error: { kind: 'clone_army/no-test', msg: expect.stringContaining('steady-1') },
    });
  });
});
