import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { ProblemsError } from '../../validation/problem.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { rosterOf } from '../testing/profile.ts';
import { readProfile } from './read-profile.ts';

const CASES = 1500;

const short = fc.constantFrom('5s', '1m', '90s');
const long = fc.constantFrom('5m', '1h30m', '2d');
const rate = fc.integer({ min: 0, max: 1000 });
const phase = fc.oneof(
  fc.record({ kind: fc.constant('steady'), runs_per_minute: rate, for: long, warm_up: short }),
  fc.record({ kind: fc.constant('soak'), for: long, every: short }),
  fc.record({
    kind: fc.constant('ramp'),
    from: rate,
    to: rate,
    over: long,
    steps: fc.integer({ min: 2, max: 9 }),
  }),
  fc.record({ kind: fc.constant('herd'), within: short }),
  fc.record({ kind: fc.constant('spike'), every: long, for: long, after: short, lasts: short }),
  fc.record({ kind: fc.constant('replay'), times: fc.array(fc.nat(99), { minLength: 1 }) }),
  fc.constant({ kind: 'replay', file: 'a.log' }),
);
const search = fc.record(
  { kind: fc.constant('search'), start: rate, step: short },
  { requiredKeys: ['kind'] },
);
const valid = fc.record(
  {
    phases: fc.oneof(
      { weight: 9, arbitrary: fc.array(phase, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: search.map((only) => [only]) },
    ),
    slo: fc.uniqueArray(fc.constantFrom('failed = 0', 'p95(total) <= 30s', 'max < 2m'), { minLength: 1 }),
    seed: fc.maxSafeNat(),
    arrivals: fc.constantFrom('even', 'poisson'),
    bases: fc.constant(['alma-9']),
    workload: fc.record({ facts: fc.record({ count: fc.integer({ min: 1, max: 99 }) }), churn: rate }),
  },
  { requiredKeys: ['phases'] },
);
const value = fc.oneof(
  fc.constantFrom('1m', '0s', '9999999d', 'steady', 'p95(', '--noop', 'a.log', '', null, true, '__proto__'),
  fc.double(),
  fc.string(),
  fc.jsonValue(),
);

/** A profile in which some values are others. */
const altered = fc
  .tuple(valid, fc.array(fc.tuple(fc.nat(), value), { maxLength: 3 }))
  .map(([profile, changes]) => {
    let seen = 0;
    const text = JSON.stringify(profile, (_, part) => {
      const change = changes.find(([at]) => at % 30 === seen);
      seen += 1;
      return change === undefined || seen === 1 ? part : change[1];
    });
    return stringify(JSON.parse(text));
  });
const syntax = [
  '- ',
  '? ',
  ': ',
  '\n',
  '  ',
  '[',
  ']',
  '{',
  '}',
  '|',
  '>',
  '&a ',
  '*a',
  '!!set ',
  '#',
  '"',
  '\t',
];
const garbage = fc.array(
  fc.oneof(
    fc.constantFrom(...syntax),
    value.map((some) => JSON.stringify(some)),
  ),
  { maxLength: 20 },
);

/** A profile in which a part of the text is replaced. */
const garbled = fc
  .tuple(
    valid.map((profile) => stringify(profile)),
    fc.nat(),
    fc.nat(20),
    garbage,
  )
  .map(([text, at, length, parts]) => {
    const begin = at % text.length;
    return text.slice(0, begin) + parts.join('') + text.slice(begin + length);
  });
const text = fc.oneof(
  altered,
  garbled,
  garbage.map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const log = fc.oneof(fc.constant('0\n1\n'), fc.string());

test('any text is a profile that can be scheduled, or has problems with places', () => {
  const roster = rosterOf({ 'debian-13': 2, 'alma-9': 1 });
  let [read, refused] = [0, 0];
  const property = fc.property(text, log, (some, contents) => {
    try {
      const { profile } = readProfile(some, 'my.yaml', { files: new Map([['a.log', contents]]) });
      const [first] = arrivals({ ...profile, bases: null }, roster);
      if (first !== undefined) expect(first.at).toBeGreaterThanOrEqual(0);
      read += 1;
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      const { problems } = error;
      expect(problems.filter(({ line, column }) => !(Number(line) > 0 && Number(column) > 0))).toEqual([]);
      expect(problems).not.toEqual([]);
      refused += 1;
    }
  });
  fc.assert(property, { numRuns: CASES });
  expect(read).toBeGreaterThan(CASES / 20);
  expect(refused).toBeGreaterThan(CASES / 20);
});
