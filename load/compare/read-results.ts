import * as fs from 'node:fs';
import type { Result } from '../../model/load/result.ts';
import { didYouMean } from '../../tasks/lib/contract/did-you-mean.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';
import { quote } from '../../tasks/lib/contract/quote.ts';
import { resultViolation } from '../analysis/check-result.ts';

/**
 * Reads results of load tests.
 *
 * @param root - Prefix of all paths; empty on a real host
 * @throws TaskError `bad-input` if a file is missing or is not a result
 */
export function readResults(root: string, files: readonly string[]): Result[] {
  return files.map((file) => {
    const value = parsed(root, file);
    const violation = resultViolation(value);
    if (violation === null) return value as Result;
    throw new TaskError(
      'bad-input',
      `${file} is not a result of a load test that this version understands: ${violation}. ` +
        'Name the result.json of a test, and collect results of other versions again',
    );
  });
}

function parsed(root: string, file: string): unknown {
  const text = textOf(root, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskError(
      'bad-input',
      `${file} is damaged: ${(error as Error).message}. Collect the result again, or name another one`,
    );
  }
}

function textOf(root: string, file: string): string {
  try {
    return fs.readFileSync(root + file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new TaskError('bad-input', `${file} ${why}: name the result.json of a load test`);
  }
}

/**
 * Checks that a side has runs of a group.
 *
 * @throws TaskError `unknown-base` if a result has none
 */
export function assertGroup(
  results: readonly Result[],
  files: readonly string[],
  group: string | undefined,
): void {
  if (group === undefined) return;
  for (const [index, { groups }] of results.entries()) {
    const names = groups.map(({ name }) => name);
    if (names.includes(group)) continue;
    throw new TaskError(
      'unknown-base',
      `${files[index]} has no runs of base image ${quote(group)}${didYouMean(group, names)}; it has ${names.join(', ') || 'none at all'}`,
    );
  }
}
