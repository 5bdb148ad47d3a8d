import * as fs from 'node:fs';
import { type Clone, clonesOf, type Fleet } from '../../../model/fleet.ts';
import { overlayOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { bytesBelow } from './bytes-below.ts';

/** A base image, or what is left of one, and the bytes that it takes. */
export interface Image {
  readonly name: string;
  readonly disk: number;
}

/** How many clones of a fleet have an overlay. */
export function countOverlays({ names, root }: Host, fleet: Fleet): number {
  const there = new Set(entries(root + names.stateDir).map((name) => `${names.stateDir}/${name}`));
  return clonesOf(fleet).filter(({ name }) => there.has(overlayOf(names, name))).length;
}

/** Bytes that a clone's overlay takes. */
export function overlayBytes({ names, root }: Host, { name }: Clone): number {
  return bytesBelow(root + overlayOf(names, name));
}

/** Base images with what they take, among them those that were replaced; walks through thousands of files each. */
export function imagesOf({ names, root }: Host): Image[] {
  return entries(root + names.stateDir)
    .filter((name) => !/^[.]|-(overlay|workdir)$/.test(name))
    .sort()
    .map((name) => ({ name, disk: bytesBelow(`${root}${names.stateDir}/${name}`) }));
}

function entries(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // Before the class was applied there is no such folder.
    return [];
  }
}
