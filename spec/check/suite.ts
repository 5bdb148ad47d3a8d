import type { Options } from 'execa';

/** Results of one suite. */
export interface Result {
  readonly passed: number;
  readonly failed: number;
  /** What took how long: tests, and set-up outside of tests. */
  readonly timings: readonly Timing[];
}

export interface Timing {
  readonly seconds: number;
  /** Path of the file, relative to the checkout; empty if the time belongs to no single file. */
  readonly file: string;
  readonly name: string;
}

/** Destination of a suite's output, as options of execa. */
export type Output = Pick<Options, 'stdout' | 'stderr'>;

export interface Suite {
  readonly title: string;
  /** Shows output as it is written. By default, it is shown when the suite ends. */
  readonly live?: boolean;
  /** @param scratch - Temporary folder for the suite's files */
  run(scratch: string, output: Output): Promise<Result>;
}
