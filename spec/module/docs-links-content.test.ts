import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { MODULE, REPO } from '../../lab/paths.ts';
import { PAGES, pageOf } from './docs.ts';
import { type Page, readPage } from './pages.ts';
import { readTree } from './tree.ts';

beforeAll(async () => {
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
});

describe('links', () => {
  /** Relative links that lead nowhere, from a page below a folder. */
  async function broken(folder: string, { file, links }: Page): Promise<string[]> {
    const bad = await Promise.all(
      links
        .filter((link) => !/^[a-z]+:/.test(link))
        .map(async (link) => {
          const [to = '', anchor] = link.split('#');
          const target = to === '' ? file : path.join(path.dirname(file), to);
          const status = await stat(path.join(folder, target)).catch(() => undefined);
          if (!status) return `${file} -> ${link}`;
          if (anchor === undefined || !target.endsWith('.md')) return undefined;
          const { anchors } = await readPage(folder, target);
          return anchors.includes(anchor) ? undefined : `${file} -> ${link}`;
        }),
    );
    return bad.filter((link) => link !== undefined);
  }

  test.each(PAGES)('in %s lead somewhere in a checkout', async (file) => {
    expect(await broken(REPO, pageOf(file))).toEqual([]);
  });

  test('lead somewhere in the module', async () => {
    const emitted = (await readTree(MODULE)).filter((file) => /\.md$/.test(file) && file !== 'REFERENCE.md');
    const all = await Promise.all(emitted.map(async (file) => broken(MODULE, await readPage(MODULE, file))));
    expect(emitted.length).toBeGreaterThan(7);
    expect(all.flat()).toEqual([]);
  });

  test("in the module's README lead to the repository, where the Forge shows it alone", async () => {
    const { source: repository, version } = await fs.readJson(path.join(REPO, 'metadata.json'));
    const { links } = await readPage(MODULE, 'README.md');
    expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
    const here = links.filter((link) => link.startsWith(repository)).map((link) => link.replace(/#.*/, ''));
    expect(here.length).toBeGreaterThan(10);
    for (const link of here) {
      const [, file = ''] = new RegExp(`^${repository}/(?:blob|raw)/v${version}/(.*)$`).exec(link) ?? [];
      expect({ link, exists: file !== '' && (await fs.pathExists(path.join(REPO, file))) }).toEqual({
        link,
        exists: true,
      });
    }
  });
});

test('README.md is short, and so are its tables', async () => {
  const text = await readFile(path.join(REPO, 'README.md'), 'utf8');
  expect(text.split('\n').length).toBeLessThanOrEqual(201);
  const costs = pageOf('README.md').tables.find(({ header }) => header[0]?.text === 'figure');
  expect(costs?.rows.length).toBeLessThanOrEqual(8);
});

test('sums add up', async () => {
  const text = await readFile(path.join(REPO, 'docs/sizing.md'), 'utf8');
  const sums = [...text.matchAll(/(?<=\s)([\d(][\d,() +\-x/\n]*[\d)]) = ([\d,]+)/g)];
  expect(sums.length).toBeGreaterThan(4);
  for (const [all, left = '', right = ''] of sums) {
    const value = new Function(`return Math.floor(${left.replaceAll(',', '').replaceAll('x', '*')})`)();
    expect({ all, value }).toEqual({ all, value: Number(right.replaceAll(',', '')) });
  }
});
