import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fc } from '../validation/testing/fast-check.ts';
import { perform } from './lib/main.ts';
import * as loadCollect from './load_collect.ts';
import * as loadProfile from './load_profile.ts';
import * as loadReport from './load_report.ts';
import * as loadSearch from './load_search.ts';
import * as loadStart from './load_start.ts';
import * as loadStatus from './load_status.ts';
import * as loadStop from './load_stop.ts';
import * as logs from './logs.ts';
import * as rebuild from './rebuild.ts';
import * as reset from './reset.ts';
import * as restart from './restart.ts';
import * as runTask from './run.ts';
import * as start from './start.ts';
import * as status from './status.ts';
import * as stop from './stop.ts';
import { FakeHost, fleetOf } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

/** Number of inputs, over all tasks. */
const CASES = 10_000;

/** Maximum length of an answer about three clones, whatever the input. */
const ANSWER_MAX = 20_000;

const EXPECTED_KINDS =
  /^clone_army\/(bad-input|bad-range|unknown-clone|unknown-base|clones-failed|no-test|invalid-profile)$/;

let host: FakeHost;
beforeAll(() => {
  host = new FakeHost({ clone1: RUNNING, clone2: RUNNING, clone3: RUNNING });
  host.writeFleet(fleetOf({ count: 3 }));
});
afterAll(() => host.remove());

/** Mistyped names, ranges and patterns, arbitrary text, and very long items. */
const item = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.string({
      unit: fc.constantFrom('clone', '1', '3', '9', '-', ',', '*', '?', '[', ']', '!', '\\', ' '),
    }),
  },
  { weight: 15, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('*', 'c', '[', '9', 'a-', '*(', '\u009b'), fc.nat(70_000))
      .map(([unit, count]) => unit.repeat(count)),
  },
);
const value = fc.oneof(item, fc.array(item, { maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }));
const parameters = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'clones',
      'base',
      'timeout',
      'detail',
      'disk',
      'concurrency',
      'keep_certificate',
      'profile',
      'files',
      'history',
      'options',
      'plan',
      'id',
      'folder',
      '_noop',
      '__proto__',
    ),
    item,
  ),
  value,
  { maxKeys: 3 },
);
const input = fc.oneof(
  { weight: 200, arbitrary: parameters.map((some) => JSON.stringify(some)) },
  { weight: 40, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.nat(200_000).map((depth) => `{"clones":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  },
);

const TASKS = [
  ['load_collect', loadCollect],
  ['load_profile', loadProfile],
  ['load_report', loadReport],
  ['load_search', loadSearch],
  ['load_start', loadStart],
  ['load_status', loadStatus],
  ['load_stop', loadStop],
  ['logs', logs],
  ['rebuild', rebuild],
  ['reset', reset],
  ['restart', restart],
  ['run', runTask],
  ['start', start],
  ['status', status],
  ['stop', stop],
] as const;

describe.each(TASKS)('task %s', (_, { definition, run }) => {
  test(`answers any input with one JSON object of bounded size`, async () => {
    const property = fc.asyncProperty(input, async (text) => {
      const answer = await perform(
        definition,
        (parsed, call) => run(parsed as never, { ...call, noop: true }),
        text,
        host,
      );
      const { _error: error } = answer as { _error?: { kind: string } };
      if (error) expect(error.kind).toMatch(EXPECTED_KINDS);
      expect(JSON.stringify(answer).length).toBeLessThan(ANSWER_MAX);
    });
    await fc.assert(property, { numRuns: Math.ceil(CASES / TASKS.length) });
  });
});

describe('a fleet of 10,000', () => {
  test.each([
    ['a list nested 200,000 levels deep', `{"clones":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['a list nested 5,000 levels deep', `{"clones":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['a pattern of 70,000 characters', JSON.stringify({ clones: '*'.repeat(70_000) })],
    ['a name of 300,000 characters', JSON.stringify({ clones: 'c'.repeat(300_000) })],
    ['a range of 100,000 characters', JSON.stringify({ clones: `clone1-clone${'9'.repeat(100_000)}` })],
    ['20,000 names', JSON.stringify({ clones: Array.from({ length: 20_000 }, (_, i) => `clone${i}`) })],
    ['a parameter named by 300,000 characters', JSON.stringify({ ['x'.repeat(300_000)]: 1 })],
    ['more than a megabyte', JSON.stringify({ clones: Array(200_000).fill('clone1') })],
  ])('refuses %s as bad input', async (_, text) => {
    const large = new FakeHost({});
    large.writeFleet(fleetOf({ count: 10_000 }));
    const answer = await perform(status.definition, status.run as never, text, large);
    large.remove();
    expect(answer).toMatchObject({ _error: { kind: 'clone_army/bad-input' } });
    expect(JSON.stringify(answer).length).toBeLessThan(2000);
  });
});
