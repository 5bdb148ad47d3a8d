import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleExec } from '../../lab/gems.ts';
import { MODULE } from '../../lab/paths.ts';
import { NICE } from './nice.ts';
import type { Suite } from './suite.ts';

/** The part of RSpec's JSON that is read here. */
interface RSpecResult {
  readonly summary: {
    readonly example_count: number;
    readonly failure_count: number;
    readonly pending_count: number;
    readonly errors_outside_of_examples_count: number;
  };
  readonly examples: readonly { file_path: string; full_description: string; run_time: number }[];
}

/** Examples in the generated module. A pending example counts as failed. */
export function rspec(title: string, pattern: string): Suite {
  return {
    title,
    async run(scratch, output) {
      const file = path.join(scratch, `${title}.json`);
      const formats = ['--format', 'progress', '--format', 'json', '--out', file];
      await bundleExec([...NICE, 'rspec', '--pattern', pattern, ...formats], {
        cwd: MODULE,
        reject: false,
        ...output,
      });
      const { summary, examples }: RSpecResult = JSON.parse(await readFile(file, 'utf8'));
      const failed = summary.failure_count + summary.pending_count;
      return {
        passed: summary.example_count - failed,
        failed: failed + summary.errors_outside_of_examples_count,
        timings: examples.map((example) => ({
          seconds: example.run_time,
          file: path.normalize(example.file_path),
          name: example.full_description,
        })),
      };
    },
  };
}
