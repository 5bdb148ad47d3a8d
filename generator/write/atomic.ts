import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SUFFIX = '.clone-army-tmp';

/** Where a file is written before it takes its place: beside it, because a rename works within one file system. */
export function temporaryOf(file: string): string {
  return join(dirname(file), `.${basename(file)}${SUFFIX}`);
}

/** Whether the path is one that {@link writeAtomically} keeps for itself. */
export function isTemporary(path: string): boolean {
  return path.endsWith(SUFFIX);
}

/**
 * Writes a file so that at every moment either the old or the new one is there, and whole.
 *
 * A link in its place is replaced, never followed.
 */
export async function writeAtomically(file: string, content: string | Buffer, mode: number): Promise<void> {
  const temporary = temporaryOf(file);
  // A run that was killed may have left one. The name is ours, and "wx" refuses what anybody puts there in between.
  await rm(temporary, { force: true });
  try {
    await writeNew(temporary, content, mode);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeNew(file: string, content: string | Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
    // The umask has had its say about the mode given to open().
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
