import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Sorted paths of all files below a folder, relative to it. */
export async function readTree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
