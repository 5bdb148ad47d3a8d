import type { Image } from './image.ts';

/** Members of each operating system family, under the names used by facts. Hiera data can be set for both levels. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  Debian: ['Debian', 'Ubuntu'],
  RedHat: ['AlmaLinux', 'CentOS', 'OracleLinux', 'RedHat', 'Rocky'],
};

/** @returns The family of an operating system; undefined if {@link FAMILIES} does not list it */
export function familyOf(os: string): string | undefined {
  return Object.keys(FAMILIES).find((family) => FAMILIES[family]?.includes(os));
}

/** Family of each operating system among the images, in their order. Loading ensures that every system has a family. */
export function familiesOf(images: Readonly<Record<string, Image>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(images).map(({ os }) => [os, familyOf(os) as string]));
}
