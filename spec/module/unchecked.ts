import path from 'node:path';
import fs from 'fs-extra';
import { readTree } from './tree.ts';

/** Files that belong to the tools, or that a tool wants in each module. */
const ALWAYS = new Set(['metadata.json', 'Rakefile', '.puppet-lint.rc', 'hiera.yaml']);

/**
 * Copies modules without the files that a module of the same name has before them, in the same place and with the same
 * content. Tools that look at each file on its own need no more.
 *
 * @param modules - Folders of modules, by variant
 * @returns Folders of the copies, by variant
 */
export async function copyUnchecked(
  modules: ReadonlyMap<string, string>,
  home: string,
): Promise<Map<string, string>> {
  const seen = new Set<string>();
  const copies = new Map<string, string>();
  for (const [variant, module] of modules) {
    const copy = path.join(home, String(copies.size), path.basename(module));
    for (const file of await readTree(module)) {
      const key = `${path.basename(module)}/${file}\n${await fs.readFile(path.join(module, file), 'utf8')}`;
      if (seen.has(key) && !ALWAYS.has(file)) continue;
      seen.add(key);
      await fs.copy(path.join(module, file), path.join(copy, file));
    }
    copies.set(variant, copy);
  }
  return copies;
}
