import type { Metric } from '../model/load/profile.ts';
import { GOOD, NOT_RUN, type RunRecord } from '../model/load/record.ts';

/**
 * Milliseconds that a run, or a part of it, took. Undefined if the arrival was not run or did not end, and for parts of runs
 * that did not end well.
 */
export function latencyOf({ outcome, due, ended, seconds }: RunRecord, metric: Metric): number | undefined {
  if (ended === null || NOT_RUN.includes(outcome)) return undefined;
  if (metric === 'total') return ended - due;
  const value = GOOD.includes(outcome) ? seconds?.[metric] : undefined;
  return value === undefined ? undefined : value * 1000;
}
