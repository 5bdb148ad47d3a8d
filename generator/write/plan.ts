import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { compareText, type Problem, ProblemsError } from '../problem.ts';
import { isTemporary } from './atomic.ts';
import { type Found, hash, look } from './disk.ts';
import { MANIFEST, readManifest } from './manifest.ts';
import { badPath } from './path.ts';
import { edited, inTheWay, type Place } from './refuse.ts';
import type { Manifest, Written } from './written.ts';

/** What happens to a file. */
export type Action = 'created' | 'changed' | 'removed' | 'unchanged';

/** A file before and after; `before` is there unless it is created, `after` unless it is removed. */
export interface Change {
  readonly path: string;
  readonly action: Action;
  readonly before?: Extract<Found, { kind: 'file' }>;
  readonly after?: EmittedFile;
}

/** What a run would do, found out before it does anything. */
export interface Plan {
  /** Full path of the output folder, links in it resolved. */
  readonly out: string;
  readonly manifest: Manifest;
  /** One per file, in the order of the paths. */
  readonly changes: readonly Change[];
  /** Files of the generator's that somebody has edited since. */
  readonly edited: readonly Problem[];
  /** What else keeps the run from writing. */
  readonly refused: readonly Problem[];
}

/**
 * Compares the files to be written with those in the output folder.
 *
 * @param out - Full path of the output folder, which need not exist
 * @param shown - How messages call it
 */
export async function planWrite(out: string, shown: string, files: readonly EmittedFile[]): Promise<Plan> {
  const root = await resolveFolder(out, shown);
  const manifest = await readManifest(root, shown);
  const emitted = new Map(files.map((file) => [file.path, file]));
  const paths = [
    ...new Set([...emitted.keys(), ...manifest.files.keys(), ...(manifest.pending?.keys() ?? [])]),
  ];
  const plan = {
    out: root,
    manifest,
    changes: [] as Change[],
    edited: [] as Problem[],
    refused: [] as Problem[],
  };

  for (const path of paths.sort(compareText)) {
    const file = emitted.get(path);
    const bad =
      badPath(path) ?? (path === MANIFEST || isTemporary(path) ? "is one of the generator's own" : undefined);
    if (bad !== undefined) {
      plan.refused.push({ file: join(shown, path), message: `cannot be written: the path ${bad}` });
      continue;
    }
    const place: Place = { root, shown, path, found: await look(root, path), manifest, emitted };
    // What is no longer made needs no place: whatever has taken it may stay.
    const refusal = file && (await inTheWay(place));
    if (refusal) plan.refused.push(refusal);
    else if (isEdited(place)) plan.edited.push(edited(place));
    const change = changeOf(place, file);
    if (change) plan.changes.push(change);
  }
  return plan;
}

function changeOf({ path, found }: Place, after: EmittedFile | undefined): Change | undefined {
  const before = found.kind === 'file' && found.at === path ? found : undefined;
  if (!after) return before && { path, action: 'removed', before };
  if (!before) return { path, action: 'created', after };
  return { path, action: isSame(before, after) ? 'unchanged' : 'changed', before, after };
}

/** An edit that the templates have caught up with is none any more. */
function isEdited({ path, found, manifest, emitted }: Place): boolean {
  if (found.kind !== 'file' || found.at !== path) return false;
  const file = emitted.get(path);
  const states = [manifest.files.get(path), manifest.pending?.get(path)];
  return (
    !states.some((state) => state?.sha256 === found.sha256) && !(file && hash(bytesOf(file)) === found.sha256)
  );
}

function isSame(before: Written, after: EmittedFile): boolean {
  return before.mode === after.mode && before.sha256 === hash(bytesOf(after));
}

/** The folder itself may be a link, as long as it leads to a folder; what is below it may not. */
async function resolveFolder(out: string, shown: string): Promise<string> {
  const status = await stat(out).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!status) return out;
  if (!status.isDirectory())
    throw new ProblemsError([{ file: shown, message: 'is no folder', remedy: 'name another with --out' }]);
  return realpath(out);
}
