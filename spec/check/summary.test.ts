import { expect, test } from '@jest/globals';
import { summaryOf } from './summary.ts';

test('the summary lists the ten slowest tests of all suites and ends with the totals', () => {
  const fast = Array.from({ length: 10 }, (_, i) => ({
    seconds: i / 10,
    file: 'a.test.ts',
    name: `test ${i}`,
  }));
  const slow = { seconds: 61.25, file: '', name: 'set-up of the suite lab' };

  const lines = summaryOf([
    { title: 'unit', passed: 9, failed: 1, seconds: 4.6, timings: fast },
    { title: 'lab', passed: 1, failed: 0, seconds: 70, timings: [slow] },
  ]).split('\n');

  expect(lines.slice(0, 2)).toEqual([
    'unit            9 passed    1 failed 5 s',
    'lab             1 passed    0 failed 70 s',
  ]);
  const begin = lines.indexOf('Slowest tests:') + 1;
  expect(lines.slice(begin, -2)).toEqual([
    '   61.3 s  set-up of the suite lab',
    ...[9, 8, 7, 6, 5, 4, 3, 2, 1].map((i) => `    0.${i} s  a.test.ts: test ${i}`),
  ]);
  expect(lines.at(-1)).toBe('10 passed, 1 failed');
});
