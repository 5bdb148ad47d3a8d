import { expect, test } from '@jest/globals';
import type { Reading } from '../figures.ts';
import type { Measured } from '../measured.ts';
import { goalSummary, tablesOf } from './tables.ts';

const reading = (
  figure: Reading['figure'],
  side: Reading['side'],
  clones: number,
  value: number,
): Reading => ({
  figure,
  side,
  clones,
  value,
});

const measured = (...readings: Reading[]): Measured => ({
  machine: { cores: 2, processor: '', memory_mib: 1, kernel: '', host: '', agent: '', server: '' },
  runs: [],
  readings,
});

test('a table by fleet size has a row for each size, and a dash where there is no reading', () => {
  const { apply } = tablesOf(
    measured(reading('first_apply', 'timer', 1000, 4.74), reading('first_apply', 'plain', 10, 10.2)),
  );
  expect(apply.split('\n').slice(2)).toEqual(['| 10 | 10.2 | - | - | - |', '| 1,000 | - | 4.7 | - | - |']);
});

test('the table on memory leaves out a single clone, and sides that were not measured', () => {
  const { memory } = tablesOf(
    measured(reading('memory_pss', 'timer', 1, 16), reading('memory_pss', 'timer', 10, 6.12)),
  );
  expect(memory.split('\n').slice(2)).toEqual(['| PSS | 10 | 6.1 |']);
});

test('the summary names the goals that are not met', () => {
  const met = reading('status', 'timer', 1000, 0.5);
  expect(goalSummary(measured(met))).toBe('1 of 1 goals are met.');
  expect(goalSummary(measured(met, reading('stop', 'timer', 1000, 70)))).toBe(
    '1 of 2 goals are met. Not met:\n\n- stop of 1,000 clones: at most 60 s; measured: 70.00 s',
  );
});
