import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { PAGE, tableOf, truthPage } from './page.ts';
import type { Row } from './rows.ts';

test('docs/load-testing.md shows bench/truth.json: npm run reference writes it', async () => {
  expect(await readFile(PAGE, 'utf8')).toBe(await truthPage());
});

test('a test that failed is in the table as well', () => {
  const machine: Row['machine'] = {
    cores: 2,
    processor: 'Some',
    memory_mib: 2048,
    kernel: '6.1',
    host: 'Debian 13',
    agent: '8.10',
    server: '8.7',
  };
  const row = {
    test: 'delay',
    must: 'a | b',
    found: ['95 ms', '1 ms'],
    seconds: 1234,
    date: '2026-01-01',
    machine,
  };
  expect(
    tableOf({ rows: [{ ...row, passed: false }] })
      .split('\n')
      .at(-1),
  ).toBe('| delay | a \\| b | 95 ms; 1 ms | no | 1,234 |');
});

test('the table says when it was measured on which machine', () => {
  const machine = {
    cores: 2,
    memory_mib: 2048,
    kernel: '6.1',
    host: 'Debian 13',
    agent: '8.10',
    server: '8.7',
  };
  const row = { test: 'delay', must: 'a', found: [], passed: true, seconds: 1 };
  const rows = [
    { ...row, date: '2026-01-02', machine: { ...machine, processor: 'Some' } },
    { ...row, date: '2026-01-03', machine: { ...machine, processor: 'Other' } },
    { ...row, date: '2026-01-01', machine: { ...machine, processor: 'Some' } },
  ];
  const [first, second, third] = tableOf({ rows }).split('\n');
  expect(first).toMatch(/^- 2026-01-01, 2026-01-02: 2 processors \(Some\)/);
  expect(second).toMatch(/^- 2026-01-03: 2 processors \(Other\)/);
  expect(third).toBe('');
});
