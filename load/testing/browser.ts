import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, unless another one is named. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Starts a headless Chromium. As root it only runs without its sandbox. */
export async function startBrowser(): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: process.getuid?.() !== 0 });
  } catch (error) {
    throw new Error(
      `Chromium cannot be started as ${CHROMIUM}: install it (on Debian: apt install chromium), or set CHROMIUM to its path. ${error}`,
    );
  }
}

/** A page from a file, and what it did that a report must not do. */
export interface OpenPage {
  readonly page: Page;
  /** Errors in the console, dialogs, and requests for anything but the file. */
  readonly complaints: string[];
}

/** Opens HTML from a file, as somebody does who was sent it. */
export async function openHtml(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const folder = await mkdtemp(join(tmpdir(), 'clone-army-'));
  const file = join(folder, 'page.html');
  await writeFile(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await rm(folder, { recursive: true });
  return { page, complaints };
}
