import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Output, Result, Suite } from './suite.ts';

/** Suites that run at the same time. */
const LANES = 2;

export interface Outcome extends Result {
  readonly title: string;
  readonly seconds: number;
}

/** Runs suites in order, two at a time. */
export async function runInLanes(suites: readonly Suite[], scratch: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = [...suites];
  const lane = async () => {
    for (let suite = queue.shift(); suite; suite = queue.shift()) outcomes.push(await runOne(suite, scratch));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

async function runOne(suite: Suite, scratch: string): Promise<Outcome> {
  const { title, live = false } = suite;
  console.log(`   ${title} …`);
  const file = path.join(scratch, `${title}.log`);
  const output: Output = live
    ? { stdout: 'inherit', stderr: 'inherit' }
    : { stdout: { file }, stderr: { file } };
  const begin = Date.now();
  const result = await suite.run(scratch, output).catch((error: Error): Result => {
    console.error(`${title} gave no result: ${error.message}`);
    return { passed: 0, failed: 1, timings: [] };
  });
  const seconds = (Date.now() - begin) / 1000;
  if (!live) console.log(`\n== ${title}\n${await readFile(file, 'utf8').catch(() => '')}`);
  // A suite without a single test is broken.
  const failed = result.passed + result.failed === 0 ? 1 : result.failed;
  return { ...result, failed, title, seconds };
}
