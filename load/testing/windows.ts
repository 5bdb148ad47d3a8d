import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import { GOOD, NOT_RUN, type Outcome } from '../../model/load/record.ts';
import type { Figures, ResultWindow } from '../../model/load/result.ts';
import { FigureSums } from '../analysis/figures.ts';
import { decodeHistogram, encodeHistogram, newHistogram } from '../histogram.ts';
import type { Random } from '../schedule/random.ts';
import { drawLatency } from './latencies.ts';

/** How runs of the clones of a base image turn out. */
export interface SampleGroup {
  readonly base: string;
  readonly clones: number;
  /** Median of `total` in milliseconds. */
  readonly median: number;
}

/** Arrivals of one window. */
export interface WindowOptions {
  readonly at: number;
  readonly length: number;
  readonly measured: boolean;
  readonly arrivals: number;
  readonly groups: readonly SampleGroup[];
  /** Factor of all latencies. */
  readonly slowdown: number;
  /** Shares of arrivals, from 0 to 1. All others end well. */
  readonly shares: { readonly [K in Outcome]?: number };
}

/** What parts of a run take, as shares of its total. */
const SHARES: Readonly<Record<Metric, number>> = {
  total: 1,
  fact_generation: 0.2,
  plugin_sync: 0.15,
  node_retrieval: 0,
  config_retrieval: 0.3,
  convert_catalog: 0.05,
  catalog_application: 0.2,
  transaction_evaluation: 0.18,
};

type Histograms = Partial<Record<Metric, Histogram>>;

/** Makes a window with random latencies and outcomes. */
export function sampleWindow(random: Random, options: WindowOptions): ResultWindow {
  const { at, length, measured, arrivals, groups, slowdown, shares } = options;
  const outcomes: Partial<Record<Outcome, number>> = {};
  const drawn = groups.map((group) => ({ group, arrivals: 0, failed: 0, histograms: {} as Histograms }));
  for (let number = 0; number < arrivals; number++) {
    const one = drawn[number % drawn.length] as (typeof drawn)[number];
    const outcome = drawOutcome(random, shares);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    one.arrivals++;
    if (isFailed(outcome)) one.failed++;
    if (!NOT_RUN.includes(outcome))
      record(one.histograms, drawLatency(random, one.group.median * slowdown), outcome);
  }
  const all = merged(drawn.map(({ histograms }) => histograms));
  return {
    at,
    length,
    phase: 0,
    measured,
    arrivals,
    achieved: sum(GOOD.map((outcome) => outcomes[outcome] ?? 0)),
    outcomes,
    ...percentilesOf(all.total),
    means: Object.fromEntries(Object.entries(all).map(([metric, { mean }]) => [metric, mean / 1000])),
    groups: drawn.map(({ group, arrivals: count, failed, histograms }) => ({
      group: group.base,
      arrivals: count,
      failed,
      latencies: Object.fromEntries(
        Object.entries(histograms).map(([metric, histogram]) => [metric, encodeHistogram(histogram)]),
      ),
    })),
  };
}

/** Figures of measured windows; of one group if it is given. Outcomes of a group are `ok` or `failed`. */
export function sampleFigures(windows: readonly ResultWindow[], group?: string): Figures {
  const sums = new FigureSums();
  for (const { length, groups, ...window } of windows.filter(({ measured }) => measured)) {
    sums.addTime(length);
    const parts = groups.filter((part) => !group || part.group === group);
    const arrivals = parts.reduce((sum, part) => sum + part.arrivals, 0);
    const failed = parts.reduce((sum, part) => sum + part.failed, 0);
    const own = { outcomes: { ok: arrivals - failed, failed }, achieved: arrivals - failed };
    const { outcomes, achieved } = group ? own : window;
    sums.add(
      { arrivals, achieved, outcomes, statuses: { 500: window.outcomes.catalog_failed ?? 0 } },
      new Map(),
    );
    for (const { latencies } of parts) sums.add(NOTHING, decoded(latencies));
  }
  return sums.figures();
}

const NOTHING = { arrivals: 0, achieved: 0, outcomes: {}, statuses: {} };

function decoded(latencies: ResultWindow['groups'][number]['latencies']): Map<Metric, Histogram> {
  const all = Object.entries(latencies) as [Metric, string][];
  return new Map(all.map(([metric, text]) => [metric, decodeHistogram(text)]));
}

function record(histograms: Histograms, total: number, outcome: Outcome): void {
  const metrics = GOOD.includes(outcome)
    ? METRICS.filter((metric) => SHARES[metric] > 0)
    : (['total'] as const);
  for (const metric of metrics) {
    const histogram = histograms[metric] ?? newHistogram();
    histograms[metric] = histogram;
    histogram.recordValue(Math.round(total * SHARES[metric]));
  }
}

function merged(all: readonly Histograms[]): Histograms {
  const sums: Histograms = {};
  for (const metric of METRICS) {
    for (const { [metric]: histogram } of all) {
      if (!histogram) continue;
      sums[metric] ??= newHistogram();
      sums[metric].add(histogram);
    }
  }
  return sums;
}

function percentilesOf(total: Histogram | undefined): Pick<ResultWindow, 'p50' | 'p95' | 'max'> {
  if (!total) return {};
  const seconds = (percentile: number) => total.getValueAtPercentile(percentile) / 1000;
  return { p50: seconds(50), p95: seconds(95), max: total.maxValue / 1000 };
}

function drawOutcome(random: Random, shares: WindowOptions['shares']): Outcome {
  let left = random();
  for (const [outcome, share] of Object.entries(shares) as [Outcome, number][]) {
    if (left < share) return outcome;
    left -= share;
  }
  return 'ok';
}

function isFailed(outcome: Outcome): boolean {
  return !GOOD.includes(outcome) && !NOT_RUN.includes(outcome);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
