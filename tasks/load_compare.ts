import * as fs from 'node:fs';
import { compare } from '../load/compare/compare.ts';
import { junitOf } from '../load/compare/junit-of.ts';
import { assertGroup, readResults } from '../load/compare/read-results.ts';
import { renderComparison } from '../load/compare/render-comparison.ts';
import { summaryOf } from '../load/compare/text.ts';
import { replaceFiles } from '../load/driver/output-files.ts';
import { COMPARISON_FILES } from '../model/load/files.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import type { TaskContext } from './lib/contract/task-module.ts';

const FILES = { type: 'array', items: { type: 'string', pattern: '^/' }, minItems: 1 } as const;
const BASE = { type: 'string', minLength: 1, maxLength: 255 } as const;

export const definition = {
  name: 'load_compare',
  description: 'Compare results of load tests, and say which figures got worse.',
  supportsNoop: false,
  private: true,
  parameters: {
    before: { description: 'Absolute paths of results of load tests.', schema: FILES, required: true },
    after: { description: 'The same for the other side.', schema: FILES, required: true },
    before_group: { description: 'Base image whose clones are the first side. Default: all.', schema: BASE },
    after_group: { description: 'Base image whose clones are the other side. Default: all.', schema: BASE },
    max_regression: {
      description: 'Percentage by which a figure may be worse.',
      schema: { type: 'number', minimum: 0 },
      default: 10,
    },
    folder: {
      description: 'Absolute path of a folder for the comparison. The task makes it if there is none.',
      schema: { type: 'string', pattern: '^/' },
      required: true,
    },
  },
} as const satisfies TaskDefinition;

/**
 * Compares results and writes the comparison in all its formats.
 *
 * @returns `passed`, `summary` and `files`
 * @throws TaskError `bad-input` if a file is not a result, `unknown-base` if a result has no clones of a group
 */
export async function run(input: InputOf<typeof definition>, { host }: TaskContext): Promise<Answer> {
  const { before_group: beforeGroup, after_group: afterGroup, folder } = input;
  const before = readResults(host.root, input.before);
  const after = readResults(host.root, input.after);
  assertGroup(before, input.before, beforeGroup);
  assertGroup(after, input.after, afterGroup);

  const comparison = compare(before, after, { beforeGroup, afterGroup, maxRegression: input.max_regression });
  const summary = summaryOf(comparison);
  const contents = {
    [COMPARISON_FILES.comparison]: `${JSON.stringify(comparison, null, 2)}\n`,
    [COMPARISON_FILES.report]: renderComparison(comparison, before, after),
    [COMPARISON_FILES.junit]: junitOf(comparison, after, summary),
  };
  fs.mkdirSync(host.root + folder, { recursive: true });
  const files = replaceFiles(host.root, folder, contents);
  return { passed: comparison.passed, summary, files, _output: summary };
}
