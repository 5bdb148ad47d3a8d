import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { writePerformance } from '../bench/performance/page.ts';
import { writeTruth } from '../bench/truth/page.ts';
import { repositoryPage } from '../generator/emit/readme.ts';
import { layoutOf } from '../generator/layout.ts';
import { load } from '../generator/load/load.ts';
import type { Project } from '../generator/project.ts';
import { bundleExec } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';

/** The reference of a module as puppet-strings writes it. */
export async function referenceOf(module: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clone-army-reference-'));
  try {
    const out = path.join(folder, 'REFERENCE.md');
    await bundleExec(['puppet', 'strings', 'generate', '--format', 'markdown', '--out', out], {
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

/** Everything that the repository's own module is generated from. */
export function repository(): Promise<Project> {
  return load({ layout: layoutOf(), config: 'module.yaml', metadata: 'metadata.json', cwd: REPO });
}

/** The text of a page, with its generated parts up to date. */
export async function pageOf(page: string, project: Project): Promise<string> {
  return repositoryPage(await readFile(path.join(REPO, page), 'utf8'), page, project);
}

if (process.argv[1] === import.meta.filename) {
  await writePerformance();
  await writeTruth();
  const project = await repository();
  for (const page of await pages()) await writeFile(path.join(REPO, page), await pageOf(page, project));
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  await writeFile(path.join(REPO, 'REFERENCE.md'), await referenceOf(MODULE));
}
