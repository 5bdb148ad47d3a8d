import * as fs from 'node:fs';
import { type Clone, clonesOf, type Fleet } from '../../../model/fleet.ts';
import { overlayOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { bytesBelow } from './bytes-below.ts';

/** A base image, current or replaced, and its disk usage in bytes. */
export interface Image {
  readonly name: string;
  readonly disk: number;
}

/** Number of clones in a fleet that have an overlay. */
export function countOverlays({ names, root }: Host, fleet: Fleet): number {
  const existing = new Set(entries(root + names.stateDir).map((name) => `${names.stateDir}/${name}`));
  return clonesOf(fleet).filter(({ name }) => existing.has(overlayOf(names, name))).length;
}

/** Names of clones that left the fleet, but whose overlays are still there. */
export function leftClones({ names, root }: Host, fleet: Fleet): string[] {
  const current = new Set(clonesOf(fleet).map(({ name }) => name));
  return entries(root + names.stateDir)
    .map((entry) => /^([a-z][a-z0-9-]*\d)-overlay$/.exec(entry)?.[1])
    .filter((name): name is string => name !== undefined && !current.has(name))
    .sort();
}

/** Disk usage of a clone's overlay in bytes. */
export function overlayBytes({ names, root }: Host, { name }: Clone): number {
  return bytesBelow(root + overlayOf(names, name));
}

/** Base images and their disk usage, including replaced images. Slow, because an image has thousands of files. */
export function imagesOf({ names, root }: Host): Image[] {
  return entries(root + names.stateDir)
    .filter((name) => !/^[.](?!.*-replaced[.]\d+$)|-(overlay|workdir)$/.test(name))
    .sort()
    .map((name) => ({ name, disk: bytesBelow(`${root}${names.stateDir}/${name}`) }));
}

function entries(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // The folder does not exist until the class is applied.
    return [];
  }
}
