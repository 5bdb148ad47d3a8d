import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import { GOOD, isFailed, type Outcome } from '../../model/load/record.ts';
import type { Figures, Latency } from '../../model/load/result.ts';
import { encodeHistogram, newHistogram } from '../histogram.ts';

/** Counts of runs. */
export interface Counts {
  readonly arrivals: number;
  readonly achieved: number;
  readonly outcomes: { readonly [K in Outcome]?: number };
  readonly statuses: Readonly<Record<string, number>>;
}

/** Latencies by metric. */
export type Histograms = ReadonlyMap<Metric, Histogram>;

/** Figures of several windows, added up. */
export class FigureSums {
  private milliseconds = 0;
  private arrivals = 0;
  private achieved = 0;
  private readonly outcomes: Record<string, number> = {};
  private readonly statuses: Record<string, number> = {};
  private readonly histograms = new Map<Metric, Histogram>();

  /** Adds the time in which the runs arrived. */
  addTime(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }

  /** Adds runs of a window. */
  add({ arrivals, achieved, outcomes, statuses }: Counts, latencies: Histograms): void {
    this.arrivals += arrivals;
    this.achieved += achieved;
    addCounts(this.outcomes, outcomes);
    addCounts(this.statuses, statuses);
    addHistograms(this.histograms, latencies);
  }

  figures(): Figures {
    const { arrivals, outcomes, statuses } = this;
    const seconds = this.milliseconds / 1000;
    const perMinute = (count: number) => (seconds === 0 ? 0 : (count * 60) / seconds);
    const latencies = [...this.histograms].map(([metric, histogram]) => [metric, latencyOf(histogram)]);
    return {
      arrivals,
      seconds,
      offered: perMinute(arrivals),
      achieved: perMinute(this.achieved),
      good: goodOf(outcomes),
      failed: failedOf(outcomes),
      dropped: outcomes.dropped ?? 0,
      heldBack: outcomes.held_back ?? 0,
      outcomes,
      statuses,
      latencies: Object.fromEntries(latencies),
    };
  }
}

/** Number of runs that ended well. */
export function goodOf(outcomes: Counts['outcomes']): number {
  return GOOD.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
}

/** Number of runs that failed. */
export function failedOf(outcomes: Counts['outcomes']): number {
  const all = Object.entries(outcomes) as [Outcome, number][];
  return all.filter(([outcome]) => isFailed(outcome)).reduce((sum, [, count]) => sum + count, 0);
}

/** Adds up counts of several windows. */
export function sumCounts(all: readonly Counts[]): Counts {
  const outcomes: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  for (const counts of all) {
    addCounts(outcomes, counts.outcomes);
    addCounts(statuses, counts.statuses);
  }
  const sum = (key: 'arrivals' | 'achieved') => all.reduce((total, counts) => total + counts[key], 0);
  return { arrivals: sum('arrivals'), achieved: sum('achieved'), outcomes, statuses };
}

/** Adds counts to those of the same names. */
function addCounts(to: Record<string, number>, counts: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count;
}

/** Adds histograms to those of the same metrics. */
export function addHistograms(to: Map<Metric, Histogram>, histograms: Histograms): void {
  // Metrics always have the same order, so that equal results are equal files.
  for (const metric of METRICS) {
    const histogram = histograms.get(metric);
    if (histogram === undefined) continue;
    const sum = to.get(metric) ?? newHistogram();
    sum.add(histogram);
    to.set(metric, sum);
  }
}

/** Percentiles of a histogram of milliseconds, in seconds. */
export function latencyOf(histogram: Histogram): Latency {
  const seconds = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return {
    count: histogram.totalCount,
    mean: histogram.mean / 1000,
    p50: seconds(50),
    p90: seconds(90),
    p95: seconds(95),
    p99: seconds(99),
    p999: seconds(99.9),
    max: histogram.maxValue / 1000,
    histogram: encodeHistogram(histogram),
  };
}
