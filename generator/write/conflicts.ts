import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Problem } from '../../validation/problem.ts';
import type { EmittedFile } from '../emit/file.ts';
import type { PathState } from './inspect.ts';
import type { Manifest } from './manifest.ts';

/** A path in the output folder, with what exists there and what the generator knows about it. */
export interface OutputPath {
  readonly root: string;
  /** The output folder's path in messages. */
  readonly displayPath: string;
  readonly path: string;
  readonly found: PathState;
  readonly manifest: Manifest;
  readonly emitted: ReadonlyMap<string, EmittedFile>;
}

/** Something that the generator did not write, at the place of a file to be written. Undefined if there is none. */
export async function conflictAt(output: OutputPath): Promise<Problem | undefined> {
  const { displayPath, path, found } = output;
  if (found.kind === 'nothing') return undefined;
  const file = join(displayPath, found.at);
  const reason = `the module needs this path for ${path}`;

  switch (found.kind) {
    case 'file':
      if (found.at === path ? isOwned(output, path) : isObsolete(output, found.at)) return undefined;
      return {
        file,
        message: 'was not written by this generator',
        remedy: `move it away, or choose another folder with --out: ${reason}`,
      };
    case 'folder':
      if (await holdsOnlyObsoleteFiles(output)) return undefined;
      return {
        file,
        message: 'is a folder with files that this generator did not write',
        remedy: `move it away: ${reason}`,
      };
    case 'symbolic link':
      return {
        file,
        message: 'is a symbolic link, which could lead outside the output folder',
        remedy: `remove it: ${reason}`,
      };
    case 'special file':
      return { file, message: 'is neither a regular file nor a folder', remedy: `remove it: ${reason}` };
  }
}

/** The problem of a file that was edited after it was generated. */
export function editedProblem({ displayPath, path, emitted }: OutputPath): Problem {
  return {
    file: join(displayPath, path),
    message: 'was edited after it was generated',
    remedy: emitted.has(path)
      ? 'move the change to its template, or delete the file'
      : 'the module no longer has this file: delete it or move it away',
  };
}

function isOwned({ manifest }: OutputPath, path: string): boolean {
  return manifest.files.has(path) || manifest.pending?.has(path) === true;
}

function isObsolete(output: OutputPath, path: string): boolean {
  return isOwned(output, path) && !output.emitted.has(path);
}

async function holdsOnlyObsoleteFiles(output: OutputPath): Promise<boolean> {
  const folder = join(output.root, output.path);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const paths = files.map((entry) => relative(output.root, join(entry.parentPath, entry.name)));
  return paths.length > 0 && paths.every((path) => isObsolete(output, path));
}
