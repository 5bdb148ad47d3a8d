/** What keeps a path from being one of a file inside the output folder; undefined, if nothing does. */
export function badPath(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (/[\\\0]/.test(path)) return 'has a backslash or a NUL in it';
  const parts = path.split('/');
  return parts.some((part) => ['', '.', '..'].includes(part))
    ? 'has "..", "." or an empty name in it'
    : undefined;
}

/** Folders above the path, the nearest first. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
}
