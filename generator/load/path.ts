/** Way to a value: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** @returns `images.debian-12.os`, `tags[2]`; undefined for the file as a whole */
export function formatPath(path: Path): string | undefined {
  if (path.length === 0) return undefined;
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`))
    .join('');
}

/** The value's entries, where it is a map; rules look past what the schema has found wrong already. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The value's members, where it is a list. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
