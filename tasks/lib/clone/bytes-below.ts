import * as fs from 'node:fs';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = fs.constants;

/** Deeper than any tree that is meant; each level keeps a folder open. */
const DEPTH_MAX = 256;

/** Bytes in which `stat` counts blocks, whatever the file system's are. */
const BLOCK = 512;

/**
 * Bytes of disk that a folder takes with all that is below it; files with several names count once.
 *
 * From outside of the container that writes there, at any moment: no link is followed, and each folder is opened from
 * the one above it, as in `read-below.ts`. What goes away meanwhile, or is deeper than is meant, counts for nothing.
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
      // The kernel's link to an open folder is followed; O_NOFOLLOW is about the last part only.
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
