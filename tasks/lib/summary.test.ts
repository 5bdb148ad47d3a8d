import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { summaryOf } from '../testing/summary.ts';
import { parseSummary } from './summary.ts';

describe('parseSummary', () => {
  test.each([
    ['what an agent writes', summaryOf({ changed: 2 })],
    ['numbers', 'a:\n  i: 10\n  z: 0\n  n: -3\n  f: 0.25\n  e: 4.7139e-05\n'],
    ['strings', 'a:\n  word: production\n  version: 8.10.0\n  double: "0123"\n  single: \'1e3\'\n'],
    ['words that YAML has a meaning for', 'a:\n  a: yes\n  b: Off\n  c: null\n  d: ~\n  e: "yes"\n'],
    ['numbers of other bases', 'a:\n  octal: 010\n  hex: 0x1F\n  time: 12:30\n  grouped: 1_000\n'],
    ['an escape', "a:\n  b: \"one\\ntwo\"\n  c: 'it''s'\n"],
    ['several words', 'a:\n  b: two words\n  c: "two words"\n'],
    ['several lines', 'a:\n  b: |-\n    one\n    two\n'],
    ['lists, and sections in sections', 'a:\n  b: [1, 2]\n  c:\n    d: 1\n'],
    ['an empty section, and one twice as deep', 'a:\nb:\n    c: 1\n'],
    ['a comment', '# none\na:\n  b: 1 # one\n'],
  ])('reads %s as YAML', (_, text) => {
    expect(parseSummary(text)).toEqual(parse(text, { version: '1.1' }));
  });

  test.each(['', '--- 5\n', '---\n'])('finds nothing in %j', (text) => {
    expect(parseSummary(text)).toEqual({});
  });

  test('throws where it is no YAML', () => {
    expect(() => parseSummary('a:\n  b: "c\n')).toThrow();
  });
});
