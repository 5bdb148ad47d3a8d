/** Why the path cannot be that of a file inside the output folder. Undefined if it can. */
export function invalidPathReason(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (/[\\\0]/.test(path)) return 'contains a backslash or a NUL character';
  const parts = path.split('/');
  return parts.some((part) => ['', '.', '..'].includes(part))
    ? 'contains "..", "." or an empty segment'
    : undefined;
}

/** The folders above the path, nearest first. */
export function parentFoldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
}
