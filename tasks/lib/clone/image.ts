import * as fs from 'node:fs';
import type { Clone } from '../../../model/fleet.ts';
import { agentFileOf, baseRecordOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';

/** Tells whether a running clone uses an image of its base that was replaced since; null if that is unknown. */
export type OlderImage = (clone: Clone) => boolean | null;

/**
 * Creates a function that compares the image that a clone was started on with the current one of its base.
 *
 * `prepare-clone` records the inode of a file that each build writes once (`overlays.sh`). Clones that an earlier version
 * of the module started have no record.
 */
export function olderImageReader(host: Host): OlderImage {
  const current = new Map<string, string | undefined>();
  return ({ name, base }) => {
    if (!current.has(base)) current.set(base, inodeOf(host.root + agentFileOf(host.names, base)));
    const now = current.get(base);
    const before = recordedInode(host, name, base);
    return now === undefined || before === undefined ? null : before !== now;
  };
}

function inodeOf(file: string): string | undefined {
  try {
    return String(fs.statSync(file, { bigint: true }).ino);
  } catch {
    return undefined;
  }
}

function recordedInode({ names, root }: Host, clone: string, base: string): string | undefined {
  try {
    // Root in the clone cannot reach this file.
    const text = fs.readFileSync(root + baseRecordOf(names, clone), 'utf8');
    const [recorded, , , inode] = text.trim().split(' ');
    return recorded === base ? inode : undefined;
  } catch {
    return undefined;
  }
}
