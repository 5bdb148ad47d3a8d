import * as fs from 'node:fs';
import { MEBIBYTE } from './bytes.ts';

/** A summary of a run has about 1 kB. */
const BYTES_MAX = MEBIBYTE;

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/**
 * Reads a small file that a container wrote, from outside of it.
 *
 * Root in the container can put anything there, at any moment: a link to a file of the host's, a pipe that never ends.
 * So no link is followed below the folder, each step starts from the folder that the one before it opened, which
 * cannot be exchanged any more, and only a plain file of some size is read.
 *
 * @param path - where the file is below the folder
 * @returns undefined, where there is no such file or it is not to be trusted
 */
export function readBelow(folder: string, path: string): string | undefined {
  const steps = path.split('/').filter((step) => step !== '');
  if (steps.includes('..')) return undefined;
  let fd: number | undefined;
  try {
    fd = fs.openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    for (const [i, step] of steps.entries()) {
      // The kernel's link to an open folder is followed; O_NOFOLLOW is about the last part only.
      const next = fs.openSync(
        `/proc/self/fd/${fd}/${step}`,
        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (i < steps.length - 1 ? O_DIRECTORY : 0),
      );
      fs.closeSync(fd);
      fd = next;
    }
    return readPlain(fd);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

function readPlain(fd: number): string | undefined {
  const stat = fs.fstatSync(fd);
  if (!stat.isFile() || stat.size > BYTES_MAX) return undefined;
  const buffer = Buffer.alloc(stat.size);
  return buffer.toString('utf8', 0, fs.readSync(fd, buffer, 0, stat.size, 0));
}
