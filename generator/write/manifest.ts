import { join } from 'node:path';
import { compareText, ProblemsError } from '../../validation/problem.ts';
import { type FileState, inspect } from './inspect.ts';
import { invalidPathReason } from './output-path.ts';

/** Name of the file in the output folder that lists the files written by the generator. */
export const MANIFEST = '.clone-army.json';

/** Files by path. */
export type FileStates = ReadonlyMap<string, FileState>;

/** The files that the generator has written into a folder. */
export interface Manifest {
  readonly files: FileStates;
  /**
   * The files that a run is about to write. Only set while a run is in progress or after it was killed. A file in
   * either state, old or pending, belongs to the generator.
   */
  readonly pending?: FileStates | undefined;
}

/**
 * Reads the manifest of a folder. Without one, no file in the folder belongs to the generator.
 *
 * @param displayPath - The folder's path in messages
 * @throws ProblemsError if the manifest is invalid
 */
export async function readManifest(out: string, displayPath: string): Promise<Manifest> {
  const found = await inspect(out, MANIFEST);
  if (found.kind === 'nothing') return { files: new Map() };
  try {
    if (found.kind !== 'file') throw new Error(`it is a ${found.kind}`);
    const { version, files, pending } = JSON.parse(found.content.toString());
    if (version !== 1)
      throw new Error(`its version is ${JSON.stringify(version)}, but this generator supports only 1`);
    return {
      files: parseStates('files', files),
      pending: pending === undefined ? undefined : parseStates('pending', pending),
    };
  } catch (error) {
    const message = `is not a valid manifest: ${(error as Error).message}`;
    throw new ProblemsError([
      { file: join(displayPath, MANIFEST), message, remedy: 'restore it, or generate into another folder' },
    ]);
  }
}

/** The manifest as text. The order in which files were written does not change it. */
export function formatManifest({ files, pending }: Manifest): string {
  const content = { version: 1, files: toObject(files), ...(pending && { pending: toObject(pending) }) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function toObject(files: FileStates): object {
  const sorted = [...files].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(
    sorted.map(([path, { sha256, mode }]) => [path, { sha256, mode: mode.toString(8).padStart(4, '0') }]),
  );
}

/** Validates strictly: anybody can edit the manifest, and a later run may delete the files that it lists. */
function parseStates(key: string, data: unknown): FileStates {
  if (typeof data !== 'object' || data === null) throw new Error(`"${key}" is not an object`);
  return new Map(
    Object.entries(data).map(([path, state]) => {
      const reason = invalidPathReason(path);
      if (reason !== undefined) throw new Error(`the path "${path}" ${reason}`);
      const { sha256, mode } = (state ?? {}) as Record<string, unknown>;
      if (typeof sha256 !== 'string' || typeof mode !== 'string' || !/^[0-7]{4}$/.test(mode)) {
        throw new Error(`"${path}" needs a sha256 and a mode`);
      }
      return [path, { sha256, mode: Number.parseInt(mode, 8) }];
    }),
  );
}
