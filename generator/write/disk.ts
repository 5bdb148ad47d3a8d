import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOf } from './path.ts';
import type { Written } from './written.ts';

/** What lies at a path in the output folder; `at` is the path itself or the folder above it that is in the way. */
export type Found =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'file'; readonly at: string; readonly content: Buffer } & Written)
  | { readonly kind: 'link' | 'folder' | 'special'; readonly at: string };

/** Looks at a path without following links, neither at its end nor on the way. */
export async function look(out: string, path: string): Promise<Found> {
  for (const at of [...foldersOf(path).reverse(), path]) {
    const found = await lookAt(out, at);
    if (found.kind === 'folder' && at !== path) continue;
    return found;
  }
  return { kind: 'nothing' };
}

async function lookAt(out: string, at: string): Promise<Found> {
  const full = join(out, at);
  const status = await lstat(full).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!status) return { kind: 'nothing' };
  if (status.isSymbolicLink()) return { kind: 'link', at };
  if (status.isDirectory()) return { kind: 'folder', at };
  if (!status.isFile()) return { kind: 'special', at };
  const content = await readFile(full);
  return { kind: 'file', at, content, sha256: hash(content), mode: status.mode & 0o777 };
}

/** SHA-256 in hexadecimal. */
export function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
