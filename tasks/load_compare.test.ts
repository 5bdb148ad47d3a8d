import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { COMPARISON_SCHEMA } from '../load/compare/comparison.schema.ts';
import { definePage } from '../load/testing/page.ts';
import { sampleResult } from '../load/testing/result.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './load_compare.ts';
import { FakeHost } from './testing/host.ts';

const FOLDER = '/tmp/compared/new';
const [BEFORE, AFTER] = ['/tmp/before.json', '/tmp/after.json'];

const GROUPS = [
  { base: 'debian-12', clones: 20, median: 1500 },
  { base: 'debian-13', clones: 20, median: 2100 },
];
const RESULT = sampleResult({ minutes: 3, groups: GROUPS });
const SLOWER = sampleResult({ seed: 2, minutes: 3, groups: GROUPS.map((one) => ({ ...one, median: 3000 })) });

let host: FakeHost;
beforeAll(definePage);
beforeEach(() => {
  host = new FakeHost({});
  fs.mkdirSync(path.join(host.root, '/tmp'), { recursive: true });
});
afterEach(() => host.remove());

const write = (file: string, text: string) => fs.writeFileSync(host.root + file, text);
const read = (name: string) => fs.readFileSync(`${host.root}${FOLDER}/${name}`, 'utf8');
const compare = (more: object = {}) =>
  perform(
    definition,
    run,
    JSON.stringify({ before: [BEFORE], after: [AFTER], folder: FOLDER, ...more }),
    host,
  );

describe('load_compare', () => {
  test('says what regressed, in all formats', async () => {
    write(BEFORE, JSON.stringify(RESULT));
    write(AFTER, JSON.stringify(SLOWER));
    const answer = await compare();
    expect(answer).toEqual({
      passed: false,
      summary: expect.stringMatching(/^Regressed\. Worse by more than 10 %: mean of total/),
      files: ['compare.json', 'compare.html', 'compare.junit.xml'].map((name) => `${FOLDER}/${name}`),
      _output: answer.summary,
    });
    const comparison = JSON.parse(read('compare.json'));
    expect(new Ajv({ strict: true, allowUnionTypes: true }).validate(COMPARISON_SCHEMA, comparison)).toBe(
      true,
    );
    expect(comparison).toMatchObject({
      passed: false,
      before: { ids: ['steady-1'] },
      after: { ids: ['steady-2'] },
    });
    expect(read('compare.html').slice(0, 15)).toBe('<!DOCTYPE html>');
    expect(read('compare.junit.xml')).toMatch(
      /<testcase .*name="mean of total".*>\s*<failure message="is worse by \+/,
    );
  });

  test('passes equal results', async () => {
    write(BEFORE, JSON.stringify(RESULT));
    write(AFTER, JSON.stringify(RESULT));
    expect(await compare()).toMatchObject({
      passed: true,
      summary: expect.stringMatching(/^Passed\. No figure/),
    });
    expect(read('compare.junit.xml')).toContain(' failures="0"');
  });

  test('compares groups within a result, up to the bound', async () => {
    write(BEFORE, JSON.stringify(RESULT));
    const groups = { after: [BEFORE], before_group: 'debian-12', after_group: 'debian-13' };
    expect(await compare(groups)).toMatchObject({ passed: false });
    expect(await compare({ ...groups, max_regression: 99.5 })).toMatchObject({ passed: true });
  });

  test.each<[string, string | null, object, RegExp]>([
    ['is missing', null, {}, /^\/tmp\/after\.json does not exist: name the result\.json of a load test$/],
    [
      'was cut off',
      '{"version": 1, ',
      {},
      /^\/tmp\/after\.json is damaged: .*JSON.*\. Collect the result again/,
    ],
    [
      'is something else',
      '{"version": 1}',
      {},
      /^\/tmp\/after\.json is not a result .*: it must have required property 'id'/,
    ],
    [
      'is of another version',
      JSON.stringify({ ...RESULT, version: 2 }),
      {},
      /\/version must be equal to constant\. Name the result\.json of a test, and collect results of other versions again$/,
    ],
    [
      'has no such group',
      JSON.stringify(RESULT),
      { after_group: 'debian-14' },
      /^\/tmp\/after\.json has no runs of base image "debian-14" \(did you mean "debian-12" or "debian-13"\?\); it has debian-12, debian-13$/,
    ],
  ])('names a file that %s, and the remedy', async (_, text, more, message) => {
    write(BEFORE, JSON.stringify(RESULT));
    if (text !== null) write(AFTER, text);
    const { _error } = (await compare(more)) as { _error: { kind: string; msg: string } };
    expect(_error.msg).toMatch(message);
    expect(_error.kind).toMatch(/^clone_army\/(bad-input|unknown-base)$/);
    expect(fs.existsSync(host.root + FOLDER)).toBe(false);
  });
});
