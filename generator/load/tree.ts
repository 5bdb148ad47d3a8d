import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compareText, ProblemsError } from '../../validation/problem.ts';
import type { SourceFile } from '../project.ts';

/** A folder of the repository and the place of its files in the module. */
export interface Tree {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Path of the folder in the module. */
  readonly path: string;
  /** Path of the folder in the repository, used in messages. */
  readonly origin: string;
  /** Restricts the tree to files directly in the folder whose names match. */
  readonly only?: RegExp;
}

/**
 * Reads the files of a folder, sorted by path. A missing folder counts as empty.
 *
 * @throws ProblemsError if it contains anything other than regular files and folders
 */
export async function readTree(tree: Tree): Promise<SourceFile[]> {
  const names = await listFiles(tree);
  return Promise.all(names.map((name) => readSource(tree, name)));
}

async function readSource({ folder, path, origin }: Tree, name: string): Promise<SourceFile> {
  const file = join(folder, name);
  const status = await lstat(file);
  if (!status.isFile()) {
    throw new ProblemsError([
      { file: join(origin, name), message: 'is not a regular file; a module can contain no others' },
    ]);
  }
  return {
    path: join(path, name).replace(/\.ejs$/, ''),
    origin: join(origin, name),
    content: await readFile(file),
    executable: (status.mode & 0o100) !== 0,
    template: name.endsWith('.ejs'),
  };
}

async function listFiles({ folder, only }: Tree): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: !only }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isDirectory() && (!only || only.test(entry.name)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort(compareText);
}
