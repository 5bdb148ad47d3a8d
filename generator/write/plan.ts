import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, type Problem, ProblemsError } from '../../validation/problem.ts';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { isTemporary } from './atomic.ts';
import { conflictAt, editedProblem, type OutputPath } from './conflicts.ts';
import { type FileState, inspect, type PathState, sha256Of } from './inspect.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';
import { invalidPathReason } from './output-path.ts';

/** What happens to a file. */
export type Action = 'created' | 'changed' | 'removed' | 'unchanged';

/** A file before and after the run. A created file has no `before`, a removed file no `after`. */
export interface Change {
  readonly path: string;
  readonly action: Action;
  readonly before?: Extract<PathState, { kind: 'file' }>;
  readonly after?: EmittedFile;
}

/** What a run would do, worked out before anything is written. */
export interface Plan {
  /** Absolute path of the output folder, with symbolic links resolved. */
  readonly out: string;
  readonly manifest: Manifest;
  /** One per file, sorted by path. */
  readonly changes: readonly Change[];
  /** Generated files that somebody has edited since. */
  readonly edited: readonly Problem[];
  /** Everything else that prevents the run from writing. */
  readonly conflicts: readonly Problem[];
}

/**
 * Compares the files to be written with those in the output folder.
 *
 * @param out - Absolute path of the output folder, which need not exist
 * @param displayPath - The output folder's path in messages
 * @throws ProblemsError if the output folder is not a folder, or its manifest is invalid
 */
export async function planWrite(
  out: string,
  displayPath: string,
  files: readonly EmittedFile[],
): Promise<Plan> {
  const root = await resolveFolder(out, displayPath);
  const manifest = await readManifest(root, displayPath);
  const emitted = new Map(files.map((file) => [file.path, file]));
  const paths = [
    ...new Set([...emitted.keys(), ...manifest.files.keys(), ...(manifest.pending?.keys() ?? [])]),
  ];
  const plan = {
    out: root,
    manifest,
    changes: [] as Change[],
    edited: [] as Problem[],
    conflicts: [] as Problem[],
  };

  for (const path of paths.sort(compareText)) {
    const file = emitted.get(path);
    const reason =
      invalidPathReason(path) ??
      (path === MANIFEST || isTemporary(path) ? 'is reserved for the generator' : undefined);
    if (reason !== undefined) {
      plan.conflicts.push({
        file: join(displayPath, path),
        message: `cannot be written: the path ${reason}`,
      });
      continue;
    }
    const found = await inspect(root, path);
    const output: OutputPath = { root, displayPath, path, found, manifest, emitted };
    // An obsolete file is never written, so nothing at its path can be in conflict with it.
    const conflict = file && (await conflictAt(output));
    if (conflict) plan.conflicts.push(conflict);
    else if (isEdited(output)) plan.edited.push(editedProblem(output));
    const change = changeOf(output, file);
    if (change) plan.changes.push(change);
  }
  return plan;
}

function changeOf({ path, found }: OutputPath, after: EmittedFile | undefined): Change | undefined {
  const before = found.kind === 'file' && found.at === path ? found : undefined;
  if (!after) return before && { path, action: 'removed', before };
  if (!before) return { path, action: 'created', after };
  return { path, action: isSame(before, after) ? 'unchanged' : 'changed', before, after };
}

/** An edit does not count once the templates produce the same content. */
function isEdited({ path, found, manifest, emitted }: OutputPath): boolean {
  if (found.kind !== 'file' || found.at !== path) return false;
  const file = emitted.get(path);
  const states = [manifest.files.get(path), manifest.pending?.get(path)];
  return (
    !states.some((state) => state?.sha256 === found.sha256) &&
    !(file && sha256Of(bytesOf(file)) === found.sha256)
  );
}

function isSame(before: FileState, after: EmittedFile): boolean {
  return before.mode === after.mode && before.sha256 === sha256Of(bytesOf(after));
}

/** The output folder itself may be a symbolic link to a folder. Nothing below it may be one. */
async function resolveFolder(out: string, displayPath: string): Promise<string> {
  const status = await stat(out).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!status) return out;
  if (!status.isDirectory()) {
    throw new ProblemsError([
      { file: displayPath, message: 'is not a folder', remedy: 'choose another with --out' },
    ]);
  }
  return realpath(out);
}
