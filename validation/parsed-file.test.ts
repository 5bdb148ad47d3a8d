import { describe, expect, test } from '@jest/globals';
import { parseFile } from './parsed-file.ts';
import { formatProblem } from './problem.ts';

describe('parseFile', () => {
  test.each([
    { name: 'm.yaml', given: 'a:\n  b: 1\n  c: 2\n  b: 3\n', want: 'm.yaml:4:3: a.b: is a duplicate key' },
    {
      name: 'm.yaml',
      given: 'a:\n  - x: 1\n  - x: 1\n    x: 2\n',
      want: 'm.yaml:4:5: a[1].x: is a duplicate key',
    },
    { name: 'm.json', given: '{"a": 1,\n "a": 2}', want: 'm.json:2:2: a: is a duplicate key' },
    { name: 'm.yaml', given: 'a: "x\n', want: 'm.yaml:2:1: Missing closing "quote' },
    { name: 'm.yaml', given: 'a: !foo x\n', want: 'm.yaml:1:4: Unresolved tag: !foo' },
    { name: 'm.yaml', given: 'a: &x 1\nb: *x\n', want: 'm.yaml:2:4: "*x" is an alias; write out its value' },
    {
      name: 'm.yaml',
      given: `a: 1\nb: ${'['.repeat(99_999)}`,
      want: 'm.yaml:2:68: Lists and maps are nested',
    },
    { name: 'm.yaml', given: '- '.repeat(99_999), want: 'm.yaml:1:129: Lists and maps are nested' },
    { name: 'm.yaml', given: `${'? '.repeat(99_999)}x`, want: 'm.yaml:1:129: Lists and maps are nested' },
    { name: 'm.json', given: '{"a": 1, // why\n "b": 2}', want: 'm.json:1:10: ' },
    { name: 'm.json', given: '{"a": [1,\n2,]}', want: 'm.json:2:3: This is not valid JSON' },
    { name: 'm.json', given: '', want: 'm.json:1:1: This is not valid JSON' },
  ])('$want', ({ name, given, want }) => {
    expect(parseFile(name, given).problems.map(formatProblem)).toEqual([expect.stringContaining(want)]);
  });

  test('reports a problem at the value, at the key, or at the map that lacks the key', () => {
    const source = parseFile('m.yaml', 'a:\n  b:\n    - x\n    - y\n');
    expect(formatProblem(source.problem(['a', 'b', 1], 'is wrong'))).toBe('m.yaml:4:7: a.b[1]: "y" is wrong');
    expect(formatProblem(source.problem(['a', 'b'], 'is odd', { of: 'key' }))).toBe(
      'm.yaml:2:3: a.b: is odd',
    );
    expect(formatProblem(source.problem(['a', 'c'], 'is missing'))).toBe('m.yaml:1:1: a.c: is missing');
  });

  test('parses JSON that is indented with tabs', () => {
    expect(parseFile('m.json', '{\n\t"a": [\n\t\t"\\u00e9"\n\t]\n}\n')).toMatchObject({
      data: { a: ['é'] },
      problems: [],
    });
  });
});
