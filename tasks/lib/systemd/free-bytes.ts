import { execFileSync } from 'node:child_process';

/**
 * Bytes that are free on the file system of a folder; null where nobody tells.
 *
 * By df(1), because Node before 18.15 cannot ask.
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
