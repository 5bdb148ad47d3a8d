import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemsError } from '../../validation/problem.ts';
import type { EmittedFile } from '../emit/file.ts';
import { writeAtomically } from './atomic.ts';
import { sha256Of } from './inspect.ts';
import { packModule } from './pack.ts';
import type { Target } from './write.ts';

/** A tarball that was written. */
export interface Tarball {
  /** Path in messages. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the tarball of a module. An existing one of the same version is replaced.
 *
 * @param name - `<author>-<module>-<version>`
 * @throws ProblemsError if something other than a regular file has the tarball's path, or if the module cannot be packed
 */
export async function writeTarball(
  { out, displayPath }: Target,
  name: string,
  files: readonly EmittedFile[],
): Promise<Tarball> {
  const tarball = await packModule(name, files);
  const file = `${name}.tar.gz`;
  const status = await lstat(join(out, file)).catch(() => undefined);
  if (status && !status.isFile()) {
    throw new ProblemsError([
      {
        file: join(displayPath, file),
        message: 'is not a regular file',
        remedy: 'remove it, or choose another folder with --out',
      },
    ]);
  }
  await mkdir(out, { recursive: true });
  await writeAtomically(join(out, file), tarball, 0o644);
  return { path: join(displayPath, file), bytes: tarball.length, sha256: sha256Of(tarball) };
}
