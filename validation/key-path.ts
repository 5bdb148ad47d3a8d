/** Path of a value in a file's data: keys of maps and indexes of lists. */
export type KeyPath = readonly (string | number)[];

/** @returns For example `images.debian-12.os` or `tags[2]`. Undefined for the root */
export function formatPath(path: KeyPath): string | undefined {
  if (path.length === 0) return undefined;
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`))
    .join('');
}

/** The entries of a map. Empty for other values, which the schema check reports. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The items of a list. Empty for other values, which the schema check reports. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
