import { execa } from 'execa';
import { REPO } from '../../lab/paths.ts';
import type { Suite } from './suite.ts';

/** A command that counts as one test, which passes if the exit code is 0. */
export function command(title: string, file: string, args: readonly string[]): Suite {
  return {
    title,
    async run(_, output) {
      const { failed, durationMs } = await execa(file, args, {
        cwd: REPO,
        preferLocal: true,
        reject: false,
        ...output,
      });
      const timing = { seconds: durationMs / 1000, file: '', name: [file, ...args].join(' ') };
      return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, timings: [timing] };
    },
  };
}
