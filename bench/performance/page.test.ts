import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { CHARTS, fill, PAGE, performancePage } from './page.ts';

test('docs/performance.md and docs/charts show bench/measured: npm run reference writes them', async () => {
  const { text, charts } = await performancePage();
  expect(await readFile(PAGE, 'utf8')).toBe(text);
  expect((await readdir(CHARTS)).sort()).toEqual(Object.keys(charts).sort());
  for (const [file, svg] of Object.entries(charts)) {
    expect(await readFile(path.join(CHARTS, file), 'utf8')).toBe(svg);
  }
});

test('no table of the page has more than eight rows', async () => {
  const tables = (await readFile(PAGE, 'utf8')).match(/(?:^\|.*\n)+/gm) ?? [];
  expect(tables.length).toBeGreaterThan(0);
  for (const table of tables) expect(table.trim().split('\n').length - 2).toBeLessThanOrEqual(8);
});

test('each part of a page has marks of its own, and each mark a part', () => {
  const page = '# A\n<!-- begin measured:a -->\nold\n<!-- end measured:a -->\n';
  expect(fill(page, { a: 'new' })).toBe('# A\n<!-- begin measured:a -->\nnew\n<!-- end measured:a -->\n');
  expect(() => fill(page, { a: 'new', b: 'more' })).toThrow('the page has no marks for b');
  expect(() => fill(page, {})).toThrow('marks a part "a"');
  expect(() => fill(page + page, { a: 'new' })).toThrow('filled already');
});
