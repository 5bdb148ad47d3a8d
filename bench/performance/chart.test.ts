import { expect, test } from '@jest/globals';
import { type Chart, describe } from './chart.ts';

const common = { name: 'some', title: 'Some', subtitle: '', axis: 'seconds' };

test('a line chart in words has every point', () => {
  const point = (clones: number, value: number) => ({ clones, value, label: `${value} s` });
  const chart: Chart = {
    ...common,
    kind: 'lines',
    series: [
      { label: 'One', role: 'plain', points: [point(1, 2), point(1000, 3)] },
      { label: 'Other', role: 'timer', points: [point(10, 4)] },
    ],
  };
  expect(describe(chart)).toBe(
    'Some, in seconds. One: 2 s with 1 clone, 3 s with 1,000 clones. Other: 4 s with 10 clones.',
  );
});

test('a bar chart in words has every value that was measured', () => {
  const chart: Chart = {
    ...common,
    kind: 'bars',
    cases: ['here', 'there'],
    series: [{ label: 'One', role: 'plain', values: [undefined, { value: 1, label: '1 s' }] }],
  };
  expect(describe(chart)).toBe('Some, in seconds. 1 s (there).');
});
