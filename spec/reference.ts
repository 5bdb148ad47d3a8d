import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { writePerformance } from '../bench/performance/page.ts';
import { repositoryReadme } from '../generator/emit/readme.ts';
import { layoutOf } from '../generator/layout.ts';
import { load } from '../generator/load/load.ts';
import { gemEnv } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';

/** Types whose definition is the model's to say, so that the reference of a variant says it too. */
const VARYING = { Flavour: "puppetType({ type: 'string', enum: Object.keys(model.flavours) })" } as const;

/** The reference of a module as puppet-strings writes it, with what varies left to the generator. */
export async function referenceOf(module: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clone-army-reference-'));
  try {
    const out = path.join(folder, 'REFERENCE.md');
    await execa('bundle', ['exec', 'puppet', 'strings', 'generate', '--format', 'markdown', '--out', out], {
      env: await gemEnv(),
      cwd: module,
    });
    let text = await readFile(out, 'utf8');
    for (const [type, value] of Object.entries(VARYING)) {
      const alias = new RegExp(`(?<=name="Clone_army--${type}".*\\nAlias of \`)[^\`]+`, 's');
      if (!alias.test(text)) throw new Error(`puppet-strings says nothing of the type ${type}`);
      text = text.replace(alias, `[%= ${value} %]`);
    }
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The repository's README with its parts on hosts, images, flavours and tasks as the model has them. */
export async function readmeOf(text: string): Promise<string> {
  const project = await load({
    layout: layoutOf(),
    config: 'module.yaml',
    metadata: 'metadata.json',
    cwd: REPO,
  });
  return repositoryReadme(text, project);
}

if (process.argv[1] === import.meta.filename) {
  await writePerformance();
  const readme = path.join(REPO, 'README.md');
  await writeFile(readme, await readmeOf(await readFile(readme, 'utf8')));
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  await writeFile(path.join(REPO, 'module-template/REFERENCE.md.ejs'), await referenceOf(MODULE));
}
