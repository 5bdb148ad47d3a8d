import * as fs from 'node:fs';
import { aboutHost } from '../load/analysis/about.ts';
import { nameOf } from '../load/analysis/check-same.ts';
import { failedOf, goodOf, sumCounts } from '../load/analysis/figures.ts';
import { NdjsonFile } from '../load/analysis/ndjson.ts';
import { packPart } from '../load/analysis/parts.ts';
import { reduce } from '../load/analysis/reduce.ts';
import { replaceFile } from '../load/driver/output-files.ts';
import { endOf, hasEnded } from '../load/driver/progress.ts';
import { chooseTest, testFolder } from '../load/driver/test-folders.ts';
import { statusOf } from '../load/driver/test-status.ts';
import { LOAD_FILES } from '../model/load/files.ts';
import type { RunRecord } from '../model/load/record.ts';
import type { Reduced } from '../model/load/reduced.ts';
import type { TestPlan } from '../model/load/roster.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { TEST_ID } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';

export const definition = {
  name: 'load_collect',
  description:
    'Reduce what this host has recorded of a load test to a small file. If the test still runs, the file has what is known so far.',
  supportsNoop: false,
  private: true,
  parameters: {
    id: { ...TEST_ID, description: 'Name of the load test.', required: true },
  },
} as const satisfies TaskDefinition;

/**
 * Writes the part of this host, and answers which certnames churn gave to its clones. A driver that was killed, also with
 * its host, leaves a test that failed.
 *
 * @throws TaskError `no-test`, with the names of the tests that there are
 */
export async function run({ id }: InputOf<typeof definition>, { host }: TaskContext): Promise<Answer> {
  const folder = testFolder(host, chooseTest(host, id));
  const plan: TestPlan = JSON.parse(fs.readFileSync(`${folder}/${LOAD_FILES.plan}`, 'utf8'));
  const { state: last } = await statusOf(host, id);
  const state = hasEnded(last) ? last : 'running';
  const plannedEnd = endOf(plan);
  const records = new NdjsonFile<RunRecord>(`${folder}/${LOAD_FILES.records}`);
  const reduced = await reduce({
    plan,
    state,
    end: state === 'running' ? Math.min(plannedEnd, host.now()) : plannedEnd,
    about: await aboutHost(host, plan),
    records,
    samples: new NdjsonFile(`${folder}/${LOAD_FILES.samples}`),
  });
  replaceFile(`${folder}/${LOAD_FILES.reduced}`, packPart(reduced));
  const churned = state !== 'running' && plan.profile.workload.churn > 0 ? await certnamesIn(records) : [];
  return {
    file: `${folder.slice(host.root.length)}/${LOAD_FILES.reduced}`,
    id,
    host: nameOf(reduced),
    state,
    ...countsOf(reduced),
    ...(churned.length > 0 ? { churned } : {}),
    ...(reduced.warnings.length > 0 ? { warnings: reduced.warnings } : {}),
  };
}

/** Names that churn gave to clones. No clone has them after the test, but the CA and PuppetDB do. */
async function certnamesIn(records: AsyncIterable<RunRecord>): Promise<string[]> {
  const certnames = new Set<string>();
  for await (const { certname } of records) if (certname !== undefined) certnames.add(certname);
  return [...certnames];
}

function countsOf({ windows }: Reduced): Answer {
  const { arrivals, outcomes } = sumCounts(windows);
  return {
    arrivals,
    good: goodOf(outcomes),
    failed: failedOf(outcomes),
    dropped: outcomes.dropped ?? 0,
    held_back: outcomes.held_back ?? 0,
  };
}
