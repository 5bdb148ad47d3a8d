import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { packPart } from '../load/analysis/parts.ts';
import { definePage } from '../load/testing/page.ts';
import { phaseOf, profileOf, rosterOf } from '../load/testing/profile.ts';
import { reducedHosts } from '../load/testing/recorded.ts';
import type { Reduced } from '../model/load/reduced.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './load_report.ts';
import { FakeHost } from './testing/host.ts';

const PROFILE = profileOf([
  phaseOf([{ kind: 'rate', at: 0, length: 60_000, from: 60, to: 60 }], { warmUp: 10_000 }),
]);
const ROSTER = rosterOf({ 'debian-13': 20 }, { 'debian-13': 10 });
const FOLDER = '/tmp/report';

let parts: readonly Reduced[];
beforeAll(async () => {
  await definePage();
  parts = await reducedHosts(PROFILE, ROSTER);
});

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost({});
});
afterEach(() => host.remove());

const report = (input: object = {}) =>
  perform(definition, run, JSON.stringify({ folder: FOLDER, ...input }), host);

function writeParts(written: readonly Reduced[]): void {
  for (const part of written) writePart(`host${part.host}`, packPart(part));
}

function writePart(below: string, content: Buffer): void {
  const folder = path.join(host.root, FOLDER, below);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'reduced.json.gz'), content);
}

function read(file: string): string {
  return fs.readFileSync(path.join(host.root, file), 'utf8');
}

describe('load_report', () => {
  test('writes the result in all formats', async () => {
    writeParts(parts);
    const answer = await report();
    const files = ['result.json', 'report.html', 'junit.xml', 'metrics.prom'].map(
      (name) => `${FOLDER}/${name}`,
    );
    expect(answer).toEqual({
      passed: true,
      refused: false,
      bottleneck: 'none',
      uncertain: false,
      summary: expect.stringMatching(/^Passed\. All objectives hold/),
      files,
      _output: answer.summary,
    });
    expect(JSON.parse(read(files[0] as string))).toMatchObject({
      version: 1,
      id: 'steady-1',
      total: { arrivals: 50 },
    });
    expect(read(files[1] as string).slice(0, 15)).toBe('<!DOCTYPE html>');
    expect(read(files[2] as string)).toContain(
      '<testcase classname="test" name="load hosts keep up" time="0"/>',
    );
    expect(read(files[3] as string)).toContain('puppet_load_test_passed 1');
    expect(fs.readdirSync(path.join(host.root, FOLDER)).sort()).toEqual([
      'host0',
      'host1',
      'junit.xml',
      'metrics.prom',
      'report.html',
      'result.json',
    ]);
  });

  test('refuses a result without one of the hosts, unless that is allowed', async () => {
    writeParts(parts.slice(0, 1));
    expect(await report()).toMatchObject({
      passed: false,
      refused: true,
      summary: expect.stringMatching(/^Refused\. Bottleneck: load host host2\./),
    });
    expect(await report({ allow_load_host_bottleneck: true })).toMatchObject({
      passed: true,
      refused: false,
    });
  });

  test('reloads a report of a test that still runs', async () => {
    writeParts(parts.map((part) => ({ ...part, state: 'running' })));
    expect(await report()).toMatchObject({ passed: false, refused: false });
    expect(read(`${FOLDER}/report.html`).includes('<meta http-equiv="refresh" content="60">')).toBe(true);
  });

  test.each<[string, () => void, RegExp]>([
    ['a folder that does not exist', () => {}, /The folder \/tmp\/report does not exist/],
    [
      'a folder without parts',
      () => fs.mkdirSync(path.join(host.root, FOLDER), { recursive: true }),
      /no result of any host/,
    ],
    [
      'a file that was cut off',
      () => writePart('host0', packPart(parts[0] as Reduced).subarray(0, 500)),
      /host0\/reduced\.json\.gz is damaged or not the part of a load host/,
    ],
    [
      'parts of different tests',
      () => writeParts([parts[0] as Reduced, { ...(parts[1] as Reduced), id: 'test-2' }]),
      /host1 and host2 have results of different tests, steady-1 and test-2/,
    ],
  ])('fails for %s', async (_, prepare, message) => {
    prepare();
    const { _error } = (await report()) as { _error: { kind: string; msg: string } };
    expect(_error.msg).toMatch(message);
    expect(_error.kind).toBe('clone_army/bad-input');
  });
});
