import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { summaryOf } from '../../testing/summary.ts';
import { parseSummary } from './run-summary.ts';

describe('parseSummary', () => {
  test.each([
    ['the summary of an agent', summaryOf({ changed: 2 })],
    ['numbers', 'a:\n  i: 10\n  z: 0\n  neg: -3\n  f: 0.25\n  e: 4.7139e-05\n  g: 1.0e+300\n'],
    ['strings', 'a:\n  word: production\n  version: 8.10.0\n  sha: 3f2a1bc\n  two: two words\n'],
    ['quotes', 'a:\n  b: "0123"\n  c: \'1e3\'\n  d: "one\\ttwo"\n  e: \'it\'\'s\'\n  f: "yes: 1"\n  g: ""\n'],
    ['empty values', 'a:\n  b:\n  c: ~\n  d: null\n'],
    ['wrapped lines', "a:\n  b: one\n    two\n  c: 'three\n    four'\n  d: |-\n    five\n"],
  ])('parses %s in the same way as a YAML parser', (_, text) => {
    expect(parseSummary(text)).toEqual(parse(text, { version: '1.1' }));
  });

  test.each([
    ['an empty file', ''],
    ['text', 'not a summary\n'],
    ['a list', '- 1\n- 2\n'],
    ['values without a section', '  a: 1\n    more\n'],
    ['deeply nested data', '['.repeat(100_000)],
  ])('returns no sections for %s', (_, text) => {
    expect(parseSummary(text)).toEqual({});
  });

  test('is not affected by names of Object.prototype', () => {
    expect(parseSummary('a:\n  b: 1\n').constructor).toBeUndefined();
    expect(parseSummary('__proto__:\n  last_run: 1\n').last_run).toBeUndefined();
  });
});
