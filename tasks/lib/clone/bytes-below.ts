import * as fs from 'node:fs';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = fs.constants;

/** Maximum depth of folders, because each level uses a file descriptor. Real trees are not this deep. */
const DEPTH_MAX = 256;

/** Unit of `blocks` in `stat`, in bytes. It does not depend on the file system. */
const BLOCK = 512;

/**
 * Disk usage of a folder and everything below it, in bytes. A file with several hard links counts once.
 *
 * The container that owns the folder can change it at any time. Therefore symbolic links are not followed, and each
 * folder is opened relative to its parent, as in `read-below.ts`. Files that disappear in the meantime, or are below
 * the maximum depth, are ignored.
 */
export function bytesBelow(folder: string): number {
  const counted = new Set<string>();
  const fileBytes = ({ dev, ino, nlink, blocks }: fs.Stats): number => {
    const file = `${dev}:${ino}`;
    if (counted.has(file)) return 0;
    if (nlink > 1) counted.add(file);
    return blocks * BLOCK;
  };

  const folderBytes = (path: string, depth: number): number => {
    if (depth > DEPTH_MAX) return 0;
    const fd = fs.openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      // O_NOFOLLOW applies to the last component only, so this link to the open folder is followed.
      const here = `/proc/self/fd/${fd}`;
      const below = fs.readdirSync(here, { withFileTypes: true }).map((entry) => {
        const file = `${here}/${entry.name}`;
        return orNothing(() =>
          entry.isDirectory() ? folderBytes(file, depth + 1) : fileBytes(fs.lstatSync(file)),
        );
      });
      return below.reduce((sum, bytes) => sum + bytes, fs.fstatSync(fd).blocks * BLOCK);
    } finally {
      fs.closeSync(fd);
    }
  };
  return orNothing(() => folderBytes(folder, 0));
}

function orNothing(count: () => number): number {
  try {
    return count();
  } catch {
    return 0;
  }
}
