import { relative, resolve } from 'node:path';

/** A path for messages: relative to the working directory, or absolute if it is outside of it. */
export function displayPath(cwd: string, path: string): string {
  const full = resolve(cwd, path);
  const short = relative(cwd, full);
  return short === '' || short.startsWith('..') ? full : short;
}
