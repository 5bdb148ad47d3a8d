import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openHtml, startBrowser } from '../testing/browser.ts';
import { definePage } from '../testing/page.ts';
import { sampleResult } from '../testing/result.ts';
import { compare } from './compare.ts';
import { renderComparison } from './render-comparison.ts';

const EVIL = '<img src=x onerror=alert(1)>';
const groups = (median: number) => [{ base: EVIL, clones: 40, median }];

let browser: Browser;
beforeAll(async () => {
  await definePage();
  browser = await startBrowser();
});
afterAll(() => browser?.close());

test('shows both sides of a comparison in one chart, and what regressed', async () => {
  const [before, after] = [
    sampleResult({ groups: groups(1500) }),
    sampleResult({ seed: 2, groups: groups(2500) }),
  ];
  const comparison = compare([before], [after], { beforeGroup: EVIL, afterGroup: EVIL });
  const { page, complaints } = await openHtml(browser, renderComparison(comparison, [before], [after]));

  expect(await page.locator('#verdict').textContent()).toBe('regressed');
  expect(await page.locator('.warnings').textContent()).toBe('The seeds differ');
  expect(await page.locator('header').textContent()).toContain(`steady-2 (${EVIL})`);
  expect(await page.locator('#p95 .u-label').allTextContents()).toEqual(['time', 'before', 'after']);
  const row = page.getByRole('row', { name: 'p95 of total s' });
  const [, , from, to, , , verdict] = await row.locator('th, td').allTextContents();
  expect(Number(from)).toBeCloseTo(before.total.latencies.total?.p95 ?? 0, 2);
  expect(Number(to)).toBeCloseTo(after.total.latencies.total?.p95 ?? 0, 2);
  expect(verdict).toBe('regressed');

  await page.getByRole('button', { name: 'Zoom in' }).press('Enter');
  expect(await page.locator('#zoom output').textContent()).toMatch(/^1:\d.* to 4:\d/);
  expect(complaints).toEqual([]);
});
