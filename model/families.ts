import type { Image } from './image.ts';

/** Families of operating systems, as facts name them, and their members; Hiera data may stand at either. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  Debian: ['Debian', 'Ubuntu'],
  RedHat: ['AlmaLinux', 'CentOS', 'OracleLinux', 'RedHat', 'Rocky'],
};

/** @returns Undefined for a system of no family that is known here */
export function familyOf(os: string): string | undefined {
  return Object.keys(FAMILIES).find((family) => FAMILIES[family]?.includes(os));
}

/** Systems that images hold, in their order, and the family of each; that each has one is a rule of loading. */
export function familiesOf(images: Readonly<Record<string, Image>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(images).map(({ os }) => [os, familyOf(os) as string]));
}
