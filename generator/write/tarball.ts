import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmittedFile } from '../emit/file.ts';
import { ProblemsError } from '../problem.ts';
import { writeAtomically } from './atomic.ts';
import { hash } from './disk.ts';
import { packModule } from './pack.ts';
import type { Target } from './write.ts';

/** A tarball as it was written. */
export interface Tarball {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a module's tarball; one of the same version in its place is replaced.
 *
 * @param name - `<author>-<module>-<version>`
 */
export async function writeTarball(
  { out, shown }: Target,
  name: string,
  files: readonly EmittedFile[],
): Promise<Tarball> {
  const tarball = await packModule(name, files);
  const file = `${name}.tar.gz`;
  const status = await lstat(join(out, file)).catch(() => undefined);
  if (status && !status.isFile()) {
    throw new ProblemsError([
      {
        file: join(shown, file),
        message: 'is no plain file',
        remedy: 'remove it, or name another folder with --out',
      },
    ]);
  }
  await mkdir(out, { recursive: true });
  await writeAtomically(join(out, file), tarball, 0o644);
  return { path: join(shown, file), bytes: tarball.length, sha256: hash(tarball) };
}
