import type { Compared } from '../../model/load/comparison.ts';
import type { Metric } from '../../model/load/profile.ts';
import { Distribution } from './distribution.ts';
import type { Block, Sample } from './sample.ts';

/** A figure to compare. */
export interface Question {
  readonly figure: Compared;
  /** Null for loads and shares. */
  readonly metric: Metric | null;
}

/** Runs that are needed beyond a percentile, on average, to tell something about it. */
const RUNS_BEYOND = 10;

const PERCENTILES: Readonly<Partial<Record<Compared, number>>> = { p50: 50, p95: 95, p99: 99 };

/** What loads and shares are made of. */
const COUNTS = ['seconds', 'arrivals', 'failed', 'achieved', 'dropped'] as const;
type Sums = Readonly<Record<(typeof COUNTS)[number], number>>;

/**
 * Computes the same figures again and again for different draws of blocks.
 *
 * @param weights - How often each block counts
 * @returns a number for each question; NaN if it was not measured
 */
export type Estimator = (weights: Float64Array) => Float64Array;

/** Prepares the figures of a sample: counts become arrays, which are fast to add up. */
export function estimatorOf(sample: Sample, questions: readonly Question[]): Estimator {
  const blocks = sample.flat();
  const metrics = [...new Set(questions.map(({ metric }) => metric))];
  const distributions = new Map(
    metrics.flatMap((metric) =>
      metric === null ? [] : [[metric, new Distribution(blocks, metric)] as const],
    ),
  );
  const columns = COUNTS.map((count) => Float64Array.from(blocks, (block) => block[count] ?? Number.NaN));

  return (weights) => {
    const sum = (index: number) => dot(columns[index] as Float64Array, weights);
    const sums = { seconds: sum(0), arrivals: sum(1), failed: sum(2), achieved: sum(3), dropped: sum(4) };
    for (const distribution of distributions.values()) distribution.add(weights);
    return Float64Array.from(questions, ({ figure, metric }) => {
      if (metric === null) return rateOf(sums, figure);
      const distribution = distributions.get(metric) as Distribution;
      const percentile = PERCENTILES[figure];
      return (percentile === undefined ? distribution.mean() : distribution.percentile(percentile)) / 1000;
    });
  };
}

/** Whether there are enough runs to say something about a figure. */
export function isMeasurable(blocks: readonly Block[], { figure, metric }: Question): boolean {
  const percentile = PERCENTILES[figure];
  if (metric === null || percentile === undefined) return true;
  let runs = 0;
  for (const { latencies } of blocks) for (const count of latencies[metric]?.values() ?? []) runs += count;
  return runs * (1 - percentile / 100) >= RUNS_BEYOND;
}

/** A load in runs a minute, or a share of arrivals in percent. */
function rateOf({ seconds, arrivals, failed, achieved, dropped }: Sums, figure: Compared): number {
  switch (figure) {
    case 'offered':
      return (60 * arrivals) / seconds;
    case 'achieved':
      return (60 * achieved) / seconds;
    case 'failed_percent':
      return (100 * failed) / arrivals;
    case 'dropped_percent':
      return (100 * dropped) / arrivals;
    default:
      return Number.NaN;
  }
}

function dot(numbers: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] as number) * (weights[i] as number);
  return sum;
}
