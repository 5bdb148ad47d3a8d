import path from 'node:path';
import { REPO } from '../../lab/paths.ts';
import type { Timing } from './suite.ts';

/** The part of Jest's JSON that is read here. Times are in ms. */
export interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly startTime: number;
  readonly testResults: readonly JestFile[];
}

interface JestFile {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly JestTest[];
}

interface JestTest {
  readonly fullName: string;
  /** Null for a test that did not run. */
  readonly startAt: number | null;
  readonly duration: number | null;
}

/**
 * Times of a suite's tests, and of what ran outside of them. Jest does not report the duration of hooks and global
 * set-up, so they are the gaps: before a test, after the last test of a file, before the first file and after the last.
 *
 * @param end - When Jest exited
 */
export function timingsOf(suite: string, { startTime, testResults }: JestResult, end: number): Timing[] {
  const first = Math.min(...testResults.map((file) => file.startTime));
  const last = Math.max(...testResults.map((file) => file.endTime));
  return [
    ...testResults.flatMap(timingsOfFile),
    ...(testResults.length === 0
      ? []
      : [
          timing('', `set-up of the suite ${suite}`, startTime, first),
          timing('', `clean-up of the suite ${suite}`, last, end),
        ]),
  ];
}

function timingsOfFile({ name, startTime, endTime, assertionResults }: JestFile): Timing[] {
  const file = path.relative(REPO, name);
  const timings: Timing[] = [];
  let previousEnd = startTime;
  for (const { fullName, startAt, duration } of assertionResults) {
    if (startAt === null || duration === null) continue;
    timings.push(timing(file, `set-up before "${fullName}"`, previousEnd, startAt));
    previousEnd = startAt + duration;
    timings.push(timing(file, fullName, startAt, previousEnd));
  }
  timings.push(timing(file, 'clean-up after the last test', previousEnd, endTime));
  return timings;
}

function timing(file: string, name: string, begin: number, end: number): Timing {
  return { seconds: (end - begin) / 1000, file, name };
}
