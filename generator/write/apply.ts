import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { temporaryOf, writeAtomically } from './atomic.ts';
import { hash } from './disk.ts';
import { formatManifest, MANIFEST } from './manifest.ts';
import { foldersOf } from './path.ts';
import type { Plan } from './plan.ts';
import type { Manifest, Written } from './written.ts';

/**
 * Does what a plan without problems says.
 *
 * The manifest first says what is there and what is coming, and at the end what has come: a run that is killed in
 * between leaves files of both kinds, which the next run knows as its own.
 */
export async function applyPlan({ out, manifest, changes }: Plan): Promise<void> {
  const after = new Map(changes.flatMap(({ path, after }) => (after ? [[path, writtenOf(after)]] : [])));
  const changing = changes.filter(({ action }) => action !== 'unchanged');
  if (changing.length === 0 && formatManifest(manifest) === formatManifest({ files: after })) return;

  const before = new Map(changes.flatMap(({ path, before }) => (before ? [[path, before]] : [])));
  await mkdir(out, { recursive: true });
  await writeManifest(out, { files: before, pending: after });
  for (const path of manifest.pending?.keys() ?? []) await rm(temporaryOf(join(out, path)), { force: true });

  // Removals first: a file may have to make way for a folder, or a folder for a file.
  for (const { path, action } of changing) if (action === 'removed') await remove(out, path);
  for (const { path, after } of changing) if (after) await write(out, path, after);
  await writeManifest(out, { files: after });
}

async function write(out: string, path: string, file: EmittedFile): Promise<void> {
  await mkdir(join(out, dirname(path)), { recursive: true });
  await writeAtomically(join(out, path), file.content, file.mode);
}

async function remove(out: string, path: string): Promise<void> {
  await rm(join(out, path));
  for (const folder of foldersOf(path)) {
    try {
      await rmdir(join(out, folder));
    } catch {
      // It holds something else.
      return;
    }
  }
}

function writeManifest(out: string, manifest: Manifest): Promise<void> {
  return writeAtomically(join(out, MANIFEST), formatManifest(manifest), 0o644);
}

function writtenOf(file: EmittedFile): Written {
  return { sha256: hash(bytesOf(file)), mode: file.mode };
}
