import * as fs from 'node:fs';
import { checkResult } from '../load/analysis/check-result.ts';
import { junitOf } from '../load/analysis/junit-of.ts';
import { merge } from '../load/analysis/merge.ts';
import { metricsOf } from '../load/analysis/metrics.ts';
import { readParts } from '../load/analysis/parts.ts';
import { summaryOf } from '../load/analysis/summary.ts';
import { replaceFiles } from '../load/driver/output-files.ts';
import { renderReport } from '../load/report/render-report.ts';
import { isUncertain } from '../load/search/uncertain.ts';
import { RESULT_FILES } from '../model/load/files.ts';
import type { Result } from '../model/load/result.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { TaskContext } from './lib/contract/task-module.ts';

export const definition = {
  name: 'load_report',
  description: 'Merge what the hosts of a load test have collected into its result and report.',
  supportsNoop: false,
  private: true,
  parameters: {
    folder: {
      description:
        'Absolute path of a folder with the reduced.json.gz of each host, at any depth. The results are written to it.',
      schema: { type: 'string', pattern: '^/' },
      required: true,
    },
    allow_load_host_bottleneck: {
      description: 'Whether the result stands although the load hosts were the bottleneck.',
      schema: { type: 'boolean' },
      default: false,
    },
  },
} as const satisfies TaskDefinition;

/** How often a browser loads the report of a test that still runs: as often as plans write it. */
const REFRESH_SECONDS = 60;

/**
 * Writes the result in all its formats.
 *
 * @throws TaskError `bad-input` if the folder does not have the parts of one test
 */
export async function run(
  { folder, allow_load_host_bottleneck }: InputOf<typeof definition>,
  { host }: TaskContext,
): Promise<Answer> {
  const path = host.root + folder;
  if (!fs.existsSync(path)) throw new TaskError('bad-input', `The folder ${folder} does not exist`);
  const result = merge(readParts(path), { allowLoadHostBottleneck: allow_load_host_bottleneck });
  checkResult(result);
  const summary = summaryOf(result);
  const files = replaceFiles(host.root, folder, contentsOf(result, summary));
  const { passed, refused, bottleneck } = result.verdict;
  return { passed, refused, bottleneck, uncertain: isUncertain(result), summary, files, _output: summary };
}

function contentsOf(result: Result, summary: string): Record<string, string> {
  const isRunning = result.hosts.some(({ state }) => state === 'running');
  return {
    [RESULT_FILES.result]: JSON.stringify(result),
    [RESULT_FILES.report]: renderReport(result, { refreshSeconds: isRunning ? REFRESH_SECONDS : undefined }),
    [RESULT_FILES.junit]: junitOf(result, summary),
    [RESULT_FILES.metrics]: metricsOf(result),
  };
}
