import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { EmittedFile } from '../emit/file.ts';
import type { Problem } from '../problem.ts';
import type { Found } from './disk.ts';
import type { Manifest } from './written.ts';

/** A path in the output folder with all that is known of it. */
export interface Place {
  readonly root: string;
  readonly shown: string;
  readonly path: string;
  readonly found: Found;
  readonly manifest: Manifest;
  readonly emitted: ReadonlyMap<string, EmittedFile>;
}

/** What the generator has not put into the file's place and will not touch; undefined, if the way is free. */
export async function inTheWay(place: Place): Promise<Problem | undefined> {
  const { shown, path, found } = place;
  if (found.kind === 'nothing') return undefined;
  const file = join(shown, found.at);
  const wanted = found.at === path ? 'a file is written there' : `${path} is written below it`;

  switch (found.kind) {
    case 'file':
      if (found.at === path ? isOwned(place, path) : isLeaving(place, found.at)) return undefined;
      return {
        file,
        message: 'was not written by this generator',
        remedy: `move it away, or name another folder with --out; ${wanted}`,
      };
    case 'folder':
      if (await holdsOnlyLeaving(place)) return undefined;
      return {
        file,
        message: 'is a folder with files that this generator did not write',
        remedy: `move it away; ${wanted}`,
      };
    case 'link':
      return {
        file,
        message: 'is a link, which could lead out of the folder',
        remedy: `remove it; ${wanted}`,
      };
    case 'special':
      return { file, message: 'is neither a file nor a folder', remedy: `remove it; ${wanted}` };
  }
}

/** The problem of a file that was edited after it was written. */
export function edited({ shown, path, emitted }: Place): Problem {
  const file = join(shown, path);
  const message = 'was edited since it was written';
  if (!emitted.has(path)) return { file, message, remedy: 'it is no longer made: delete it or move it away' };
  return { file, message, remedy: 'move the edit to the template that it is made from, or delete the file' };
}

function isOwned({ manifest }: Place, path: string): boolean {
  return manifest.files.has(path) || manifest.pending?.has(path) === true;
}

function isLeaving(place: Place, path: string): boolean {
  return isOwned(place, path) && !place.emitted.has(path);
}

async function holdsOnlyLeaving(place: Place): Promise<boolean> {
  const folder = join(place.root, place.path);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const paths = files.map((entry) => relative(place.root, join(entry.parentPath, entry.name)));
  return paths.length > 0 && paths.every((path) => isLeaving(place, path));
}
