import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { writePerformance } from '../bench/performance/page.ts';
import { repositoryPage } from '../generator/emit/readme.ts';
import { layoutOf } from '../generator/layout.ts';
import { load } from '../generator/load/load.ts';
import { gemEnv } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';

/** The reference of a module as puppet-strings writes it. */
export async function referenceOf(module: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clone-army-reference-'));
  try {
    const out = path.join(folder, 'REFERENCE.md');
    await execa('bundle', ['exec', 'puppet', 'strings', 'generate', '--format', 'markdown', '--out', out], {
      env: await gemEnv(),
      cwd: module,
    });
    return await readFile(out, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pages with generated parts, relative to the checkout. */
export async function pages(): Promise<string[]> {
  const docs = await readdir(path.join(REPO, 'docs'));
  return ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

/** The text of a page, with its generated parts up to date. */
export async function pageOf(page: string): Promise<string> {
  const project = await load({
    layout: layoutOf(),
    config: 'module.yaml',
    metadata: 'metadata.json',
    cwd: REPO,
  });
  return repositoryPage(await readFile(path.join(REPO, page), 'utf8'), page, project);
}

if (process.argv[1] === import.meta.filename) {
  await writePerformance();
  for (const page of await pages()) await writeFile(path.join(REPO, page), await pageOf(page));
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  await writeFile(path.join(REPO, 'REFERENCE.md'), await referenceOf(MODULE));
}
