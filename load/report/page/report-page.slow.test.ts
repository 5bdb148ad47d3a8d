import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type OpenPage, openHtml, startBrowser } from '../../testing/browser.ts';
import { definePage } from '../../testing/page.ts';
import { sampleResult } from '../../testing/result.ts';
import { renderReport } from '../render-report.ts';

const RESULT = sampleResult({
  hosts: ['load1.example', 'load2.example'],
  groups: [
    { base: 'debian-13', clones: 40, median: 1600 },
    { base: 'debian-12', clones: 40, median: 2000 },
  ],
  shares: { changed: 0.2, catalog_failed: 0.05, dropped: 0.02 },
  load: 1,
  puppetdb: true,
});

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

const SCRIPTS = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
];

let browser: Browser;
let html: string;
let desktop: OpenPage;

beforeAll(async () => {
  await definePage();
  html = renderReport(RESULT);
  browser = await startBrowser();
  desktop = await openHtml(browser, html);
});

afterAll(() => browser?.close());

/** Values of the rows of a chart's table, column by column. */
async function columnsOf(page: Page, chart: string): Promise<Record<string, string[]>> {
  await page.locator(`#${chart} summary`).click();
  const rows = await page
    .locator(`#${chart} details tr`)
    .evaluateAll((all) =>
      all.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent.trim())),
    );
  const [titles = [], ...values] = rows;
  return Object.fromEntries(titles.map((title, index) => [title, values.map((row) => row[index] ?? '')]));
}

/** Times that the legends of all charts over time show, while the pointer is at a place of the chart of the load. */
async function timesAt(page: Page, share: number): Promise<string[]> {
  const plot = page.locator('#load .u-over');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the chart of the load is not shown');
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  const times = page.locator('.chart:not(#percentiles):not(#histogram) .u-legend tr:first-child .u-value');
  await expect(times.count()).resolves.toBeGreaterThan(10);
  return [...new Set(await times.allTextContents())];
}

async function drag(page: Page, chart: string, from: number, to: number): Promise<void> {
  const plot = page.locator(`#${chart} .u-over`);
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error(`chart ${chart} is not shown`);
  await page.mouse.move(box.x + box.width * from, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, box.y + 50, { steps: 4 });
  await page.mouse.up();
}

const range = (page: Page) => page.locator('#zoom output').textContent();
const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const widthOf = (page: Page, chart: string) =>
  page.locator(`#${chart} canvas`).evaluate((canvas) => canvas.clientWidth);

/** Number of colours on a chart's canvas. A chart with nothing on it has one. */
function colorsOf(page: Page, chart: string): Promise<number> {
  return page.locator(`#${chart} canvas`).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
    return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
  });
}

describe('a report in a browser', () => {
  test('shows the verdict and the figures of the result', async () => {
    const { page } = desktop;
    const { total, verdict } = RESULT;
    expect(verdict.passed).toBe(false);
    expect(await page.locator('#verdict').textContent()).toBe('failed');
    expect(await page.locator('.verdict').textContent()).toContain(verdict.text);
    const figure = async (name: string) =>
      Number.parseFloat((await page.locator(`[data-figure="${name}"]`).textContent()) ?? '');
    expect(await figure('offered')).toBe(total.offered);
    expect(await figure('achieved')).toBeCloseTo(total.achieved, 1);
    expect(await figure('failed')).toBe(total.failed);
    expect(await figure('p95 latency')).toBeCloseTo(total.latencies.total?.p95 ?? 0, 2);
  });

  test('has a table with the values of each chart', async () => {
    const { windows } = RESULT;
    const latency = await columnsOf(desktop.page, 'latency');
    expect(latency.p95?.map(Number)).toEqual(windows.map(({ p95 }) => Number(p95?.toPrecision(3))));
    expect(latency.time?.slice(0, 3)).toEqual(['0:00', '0:10', '0:20']);
    const load = await columnsOf(desktop.page, 'load');
    expect(load.achieved?.map(Number)).toEqual(windows.map(({ achieved }) => achieved * 6));
    const outcomes = await columnsOf(desktop.page, 'outcomes');
    expect(outcomes.dropped?.map(Number)).toEqual(windows.map((window) => window.outcomes.dropped ?? 0));
  });

  test('draws each chart', async () => {
    const charts = await desktop.page.locator('.chart').evaluateAll((all) => all.map(({ id }) => id));
    expect(charts).toEqual(
      expect.arrayContaining(['load', 'percentiles', 'jrubies', 'puppetdb-queue', 'host-cpu']),
    );
    for (const chart of charts) expect(await colorsOf(desktop.page, chart)).toBeGreaterThan(5);
  });

  test('zooms all charts over time together', async () => {
    const { page } = desktop;
    expect(await timesAt(page, 0.01)).toEqual(['0:00']);
    await drag(page, 'host-cpu', 0.25, 0.5);
    expect(await range(page)).toMatch(/^1:3[5-9].* to 3:1[0-9]/);
    expect(await timesAt(page, 0.01)).toEqual(['1:40']);
    expect(await timesAt(page, 0.99)).toEqual(['3:10']);
    await page.locator('#jrubies .u-over').dblclick();
    expect(await range(page)).toBe('0:00 to 6:30');
    expect(await timesAt(page, 0.01)).toEqual(['0:00']);
  });

  test('zooms by buttons, for those who have no mouse', async () => {
    const { page } = desktop;
    await page.getByRole('button', { name: 'Zoom in' }).press('Enter');
    expect(await range(page)).toBe('1:37.5 to 4:52.5');
    await page.getByRole('button', { name: 'Later' }).press('Enter');
    expect(await range(page)).toBe('3:15 to 6:30');
    await page.getByRole('button', { name: 'Whole test' }).press('Enter');
    expect(await range(page)).toBe('0:00 to 6:30');
  });

  test('follows the theme of the system', async () => {
    const { page } = desktop;
    const look = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      return { page: await background(page), chart: await page.locator('#load canvas').screenshot() };
    };
    const [light, dark] = [await look('light'), await look('dark')];
    expect(light.page).toBe('rgb(246, 248, 250)');
    expect(dark.page).toBe('rgb(13, 17, 23)');
    expect(light.chart.equals(dark.chart)).toBe(false);
  });

  test('prints in light colours, with charts that fit on paper', async () => {
    const { page } = desktop;
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 718, height: 1000 });
    const color = await page.locator('h1').evaluate((title) => getComputedStyle(title).color);
    expect(color).toBe('rgb(31, 35, 40)');
    expect(await page.locator('#zoom').isVisible()).toBe(false);
    expect(await widthOf(page, 'load')).toBe(290);
    expect(await overflow(page)).toBe(0);
  });

  test('makes no request and reports no error', () => {
    expect(desktop.complaints).toEqual([]);
  });

  test.each([
    ['phone', PHONE],
    ['small window', { viewport: { width: 640, height: 480 } }],
  ])('fits on the screen of a %s', async (_, options) => {
    const { page, complaints } = await openHtml(browser, html, options);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await overflow(page)).toBe(0);
    expect(await widthOf(page, 'load')).toBeGreaterThan(250);
    expect(complaints).toEqual([]);
  });

  test('shows scripts as text, wherever a clone can write them', async () => {
    const evil = SCRIPTS.join(' ');
    const result = sampleResult({ hosts: [evil], groups: [{ base: evil, clones: 1, median: 1000 }] });
    const { page, complaints } = await openHtml(
      browser,
      renderReport({
        ...result,
        profile: { ...result.profile, name: evil },
        failures: [{ clone: evil, outcome: 'failed', at: Date.parse(result.begin), message: evil }],
        server: { ...result.server, version: evil },
        verdict: { ...result.verdict, text: evil, evidence: [evil], warnings: [evil] },
      }),
    );
    expect(await page.locator('.message').textContent()).toBe(evil);
    expect(await page.locator('#host-cpu .u-label').last().textContent()).toBe(evil);
    expect(await page.locator('script').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  test('runs no script but its own, should one get through', async () => {
    const { page, complaints } = await openHtml(
      browser,
      html.replace('<h1>', '<script>alert(1)</script><h1>'),
    );
    expect(await page.locator('#load canvas').count()).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/^console: .*Content Security Policy/)]);
  });
});
