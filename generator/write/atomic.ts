import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SUFFIX = '.clone-army-tmp';

/** Path of the temporary file for a file. It is in the same folder, because a rename cannot cross file systems. */
export function temporaryOf(file: string): string {
  return join(dirname(file), `.${basename(file)}${SUFFIX}`);
}

/** Whether {@link writeAtomically} may use the path for a temporary file. */
export function isTemporary(path: string): boolean {
  return path.endsWith(SUFFIX);
}

/**
 * Writes a file atomically: at any time, either the complete old file or the complete new one exists.
 *
 * A symbolic link at the file's path is replaced, not followed.
 */
export async function writeAtomically(file: string, content: string | Buffer, mode: number): Promise<void> {
  const temporary = temporaryOf(file);
  // A killed run may have left a temporary file. "wx" fails if another process creates one in the meantime.
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
    // The umask was applied to the mode given to open().
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
