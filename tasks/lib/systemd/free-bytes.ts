import { execFileSync } from 'node:child_process';

/**
 * Free space on the file system of a folder, in bytes; null if unknown.
 *
 * Uses df(1), because Node before 18.15 does not have `statfs`.
 */
export function freeBytes(folder: string): number | null {
  try {
    const output = execFileSync('df', ['--output=avail', '--block-size=1', folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [number] = /\d+(?=\s*$)/.exec(output) ?? [];
    return number === undefined ? null : Number(number);
  } catch {
    return null;
  }
}
