import { expect, test } from '@jest/globals';
import type { Reading, Results } from './figures.ts';
import { combine } from './measured.ts';

const MACHINE = {
  cores: 2,
  processor: 'Some',
  memory_mib: 24105,
  kernel: '6.1',
  host: 'Debian 13',
  agent: '8.10',
  server: '8.7',
};

const run = (command: string, readings: Reading[], machine = MACHINE): Results => ({
  machine,
  command,
  date: '2026-01-01',
  readings,
});

const start = (clones: number, value: number): Reading => ({ figure: 'start', side: 'timer', clones, value });

test('combines runs into one set, in which the first run counts for a figure that two have', () => {
  const measured = combine([run('a', [start(10, 1)]), run('b', [start(10, 2), start(100, 3)])]);
  expect(measured.readings).toEqual([start(10, 1), start(100, 3)]);
  expect(measured.runs.map(({ command }) => command)).toEqual(['a', 'b']);
});

test('refuses runs on different machines', () => {
  const other = run('b', [], { ...MACHINE, cores: 4 });
  expect(() => combine([run('a', []), other])).toThrow(/b ran on another machine than a: 4 processors/);
});
