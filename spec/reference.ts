import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { gemEnv } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';

/** Types whose definition is the model's to say, so that the reference of a variant says the same. */
const VARYING = ['flavour'] as const;

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
    for (const type of VARYING) {
      text = text.replace(
        new RegExp(`(### <a name="Clone_army--${type}"></a>[^#]*Alias of \\n?\`?)([^\`]+)(\`)`, 'i'),
        `$1[%= types.${type} %]$3`,
      );
    }
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  await writeFile(path.join(REPO, 'module-template/REFERENCE.md.ejs'), await referenceOf(MODULE));
}
