import { readFile } from 'node:fs/promises';
import { openHtml, startBrowser } from '../../load/testing/browser.ts';

/** Pixels. Wide enough for two columns of figures, and high enough for the verdict and the first charts. */
const SIZE = { width: 1000, height: 1250 };

/** Takes a picture of the beginning of a report, as docs/load-testing.md shows it. */
async function takePicture(report: string, picture: string): Promise<void> {
  const browser = await startBrowser();
  try {
    const html = await readFile(report, 'utf8');
    const { page } = await openHtml(browser, html, { viewport: SIZE, colorScheme: 'light' });
    await page.waitForSelector('canvas');
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}

const [report, picture] = process.argv.slice(2);
if (!report || !picture) throw new Error('usage: npm run picture -- <report.html> <picture.png>');
await takePicture(report, picture);
