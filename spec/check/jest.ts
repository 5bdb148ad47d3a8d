import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { REPO } from '../../lab/paths.ts';
import { type JestResult, timingsOf } from './jest-timings.ts';
import { NICE } from './nice.ts';
import type { Suite } from './suite.ts';

const NODE_OPTIONS = '--experimental-vm-modules --no-warnings=ExperimentalWarning';

/** Tests that Jest runs, one file at a time. */
export function jest(title: string, args: readonly string[], options: Pick<Suite, 'live'> = {}): Suite {
  return {
    title,
    ...options,
    async run(scratch, output) {
      const file = path.join(scratch, `${title}.json`);
      const [program, ...words] = [...(options.live ? [] : NICE), 'jest', ...args];
      await execa(program as string, [...words, '--maxWorkers=1', '--json', `--outputFile=${file}`], {
        cwd: REPO,
        preferLocal: true,
        reject: false,
        env: { NODE_OPTIONS },
        ...output,
      });
      const end = Date.now();
      const result: JestResult = JSON.parse(await readFile(file, 'utf8'));
      return {
        passed: result.numPassedTests,
        // A test file that fails to load has no tests to count.
        failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
        timings: timingsOf(title, result, end),
      };
    },
  };
}
