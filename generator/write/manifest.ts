import { join } from 'node:path';
import { compareText, ProblemsError } from '../problem.ts';
import { look } from './disk.ts';
import { badPath } from './path.ts';
import type { Files, Manifest } from './written.ts';

/** Lies in the output folder and says which of the files there are the generator's own. */
export const MANIFEST = '.clone-army.json';

/**
 * Reads a folder's manifest; without one, nothing there is the generator's.
 *
 * @param shown - How messages call the folder
 */
export async function readManifest(out: string, shown: string): Promise<Manifest> {
  const found = await look(out, MANIFEST);
  if (found.kind === 'nothing') return { files: new Map() };
  try {
    if (found.kind !== 'file') throw new Error(`it is a ${found.kind}`);
    const { version, files, pending } = JSON.parse(found.content.toString());
    if (version !== 1)
      throw new Error(`its version is ${JSON.stringify(version)}, and this generator knows 1`);
    return { files: toFiles(files), pending: pending === undefined ? undefined : toFiles(pending) };
  } catch (error) {
    const message = `is not a list of written files: ${(error as Error).message}`;
    throw new ProblemsError([
      { file: join(shown, MANIFEST), message, remedy: 'restore it, or generate into another folder' },
    ]);
  }
}

/** The manifest as text, which is the same whatever the order in which files were written. */
export function formatManifest({ files, pending }: Manifest): string {
  const content = { version: 1, files: toObject(files), ...(pending && { pending: toObject(pending) }) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function toObject(files: Files): object {
  const sorted = [...files].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(
    sorted.map(([path, { sha256, mode }]) => [path, { sha256, mode: mode.toString(8).padStart(4, '0') }]),
  );
}

/** Anybody can have edited it, and what it lists is deleted one day: so it is read with care. */
function toFiles(data: unknown): Files {
  if (typeof data !== 'object' || data === null) throw new Error('"files" is no map');
  return new Map(
    Object.entries(data).map(([path, written]) => {
      const bad = badPath(path);
      if (bad !== undefined) throw new Error(`the path "${path}" ${bad}`);
      const { sha256, mode } = (written ?? {}) as Record<string, unknown>;
      if (typeof sha256 !== 'string' || typeof mode !== 'string' || !/^[0-7]{4}$/.test(mode)) {
        throw new Error(`"${path}" needs a sha256 and a mode`);
      }
      return [path, { sha256, mode: Number.parseInt(mode, 8) }];
    }),
  );
}
