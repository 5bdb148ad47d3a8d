import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import { GOOD, NOT_RUN, type Outcome } from '../../model/load/record.ts';
import type { Figures, ResultWindow } from '../../model/load/result.ts';
import { latencyOf } from '../analysis/figures.ts';
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
  const measured = windows.filter((window) => window.measured);
  const parts = measured.flatMap((window) => window.groups).filter((part) => !group || part.group === group);
  const arrivals = sum(parts.map((part) => part.arrivals));
  const count = (outcome: Outcome) =>
    group ? 0 : sum(measured.map(({ outcomes }) => outcomes[outcome] ?? 0));
  const failed = sum(parts.map((part) => part.failed));
  const [dropped, heldBack] = [count('dropped'), count('held_back')];
  const good = arrivals - failed - dropped - heldBack;
  const seconds = sum(measured.map(({ length }) => length)) / 1000;
  const outcomes = [...new Set(measured.flatMap((window) => Object.keys(window.outcomes) as Outcome[]))];
  const latencies = merged(
    parts.map((part) =>
      Object.fromEntries(
        Object.entries(part.latencies).map(([metric, text]) => [metric, decodeHistogram(text)]),
      ),
    ),
  );
  return {
    arrivals,
    seconds,
    offered: (arrivals * 60) / seconds,
    achieved: (good * 60) / seconds,
    good,
    failed,
    dropped,
    heldBack,
    outcomes: group
      ? { ok: good, failed }
      : Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])),
    statuses: count('catalog_failed') > 0 ? { 500: count('catalog_failed') } : {},
    latencies: Object.fromEntries(
      Object.entries(latencies).map(([metric, each]) => [metric, latencyOf(each)]),
    ),
  };
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
