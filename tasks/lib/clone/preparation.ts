import * as fs from 'node:fs';
import { overlayOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';

/**
 * Identifies the last preparation of a clone's overlay: `prepare-clone` replaces this file each time, before it lets the
 * root be mounted. Returns undefined if the clone was never prepared.
 */
export function preparationOf({ names, root }: Host, clone: string): string | undefined {
  try {
    const { ino, ctimeMs } = fs.lstatSync(`${root}${overlayOf(names, clone)}/etc/machine-id`);
    return `${ino} ${ctimeMs}`;
  } catch {
    return undefined;
  }
}
