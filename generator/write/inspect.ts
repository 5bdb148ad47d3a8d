import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentFoldersOf } from './output-path.ts';

/** Content and mode of a file, to tell whether it changed. */
export interface FileState {
  readonly sha256: string;
  readonly mode: number;
}

/**
 * What exists at a path in the output folder.
 *
 * `at` is the path itself, or the parent of it that is not a folder.
 */
export type PathState =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'file'; readonly at: string; readonly content: Buffer } & FileState)
  | { readonly kind: 'symbolic link' | 'folder' | 'special file'; readonly at: string };

/** Inspects a path without following symbolic links, neither in its parents nor at its end. */
export async function inspect(out: string, path: string): Promise<PathState> {
  for (const at of [...parentFoldersOf(path).reverse(), path]) {
    const found = await inspectOne(out, at);
    if (found.kind === 'folder' && at !== path) continue;
    return found;
  }
  return { kind: 'nothing' };
}

async function inspectOne(out: string, at: string): Promise<PathState> {
  const full = join(out, at);
  const status = await lstat(full).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!status) return { kind: 'nothing' };
  if (status.isSymbolicLink()) return { kind: 'symbolic link', at };
  if (status.isDirectory()) return { kind: 'folder', at };
  if (!status.isFile()) return { kind: 'special file', at };
  const content = await readFile(full);
  return { kind: 'file', at, content, sha256: sha256Of(content), mode: status.mode & 0o777 };
}

/** The SHA-256 hash in hexadecimal. */
export function sha256Of(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
