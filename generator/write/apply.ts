import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { temporaryOf, writeAtomically } from './atomic.ts';
import { type FileState, sha256Of } from './inspect.ts';
import { formatManifest, MANIFEST, type Manifest } from './manifest.ts';
import { parentFoldersOf } from './output-path.ts';
import type { Plan } from './plan.ts';

/**
 * Carries out a plan that has no problems.
 *
 * The manifest is written twice: first with the old files and the pending ones, at the end with the new files only. If
 * the run is killed in between, the next run recognizes files in both states as the generator's own.
 */
export async function applyPlan({ out, manifest, changes }: Plan): Promise<void> {
  const after = new Map(changes.flatMap(({ path, after }) => (after ? [[path, stateOf(after)]] : [])));
  const changing = changes.filter(({ action }) => action !== 'unchanged');
  if (changing.length === 0 && formatManifest(manifest) === formatManifest({ files: after })) return;

  const before = new Map(changes.flatMap(({ path, before }) => (before ? [[path, before]] : [])));
  await mkdir(out, { recursive: true });
  await writeManifest(out, { files: before, pending: after });
  for (const path of manifest.pending?.keys() ?? []) await rm(temporaryOf(join(out, path)), { force: true });

  // Remove first: a new folder may need the path of an old file, or a new file that of an old folder.
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
  for (const folder of parentFoldersOf(path)) {
    try {
      await rmdir(join(out, folder));
    } catch {
      // The folder is not empty.
      return;
    }
  }
}

function writeManifest(out: string, manifest: Manifest): Promise<void> {
  return writeAtomically(join(out, MANIFEST), formatManifest(manifest), 0o644);
}

function stateOf(file: EmittedFile): FileState {
  return { sha256: sha256Of(bytesOf(file)), mode: file.mode };
}
