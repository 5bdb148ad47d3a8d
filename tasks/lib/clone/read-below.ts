import * as fs from 'node:fs';
import { MEBIBYTE } from './bytes.ts';

/** Maximum size of a file. The summary of an agent run has about 1 kB. */
const BYTES_MAX = MEBIBYTE;

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = fs.constants;

/** Resolves a path without opening the file. Node lacks this constant; Linux uses the same value on all architectures that Node runs on. */
const O_PATH = 0o10000000;

/**
 * Reads a small file in a folder that a container can write to.
 *
 * Root in the container can put anything there at any time, such as a link to a file of the host, or a pipe that never
 * ends. Therefore symbolic links below the folder are not followed. Each path component is opened relative to its open
 * parent, which can no longer be replaced. Only regular files of limited size are opened,
 * because opening a device can already have an effect.
 *
 * @param path - path of the file, relative to the folder
 * @returns undefined if the file does not exist or is not safe to read
 */
export function readBelow(folder: string, path: string): string | undefined {
  const steps = path.split('/').filter((step) => step !== '');
  if (steps.includes('..')) return undefined;
  let fd: number | undefined;
  try {
    fd = fs.openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    for (const [i, step] of steps.entries()) {
      // O_NOFOLLOW applies to the last component only, so this link to the open folder is followed.
      const next = fs.openSync(
        `/proc/self/fd/${fd}/${step}`,
        O_PATH | O_NOFOLLOW | (i < steps.length - 1 ? O_DIRECTORY : 0),
      );
      fs.closeSync(fd);
      fd = next;
    }
    return readRegularFile(fd);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

function readRegularFile(pathFd: number): string | undefined {
  const stat = fs.fstatSync(pathFd);
  if (!stat.isFile() || stat.size > BYTES_MAX) return undefined;
  const fd = fs.openSync(`/proc/self/fd/${pathFd}`, O_RDONLY);
  try {
    const buffer = Buffer.alloc(stat.size);
    return buffer.toString('utf8', 0, fs.readSync(fd, buffer, 0, stat.size, 0));
  } finally {
    fs.closeSync(fd);
  }
}
