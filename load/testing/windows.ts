import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import { GOOD, NOT_RUN, type Outcome } from '../../model/load/record.ts';
import type { Figures, ResultWindow } from '../../model/load/result.ts';
import { FigureSums, goodOf } from '../analysis/figures.ts';
import { resultWindow } from '../analysis/merge-windows.ts';
import { decodeHistogram, newHistogram, recordMilliseconds } from '../histogram.ts';
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

/** Makes a window with random latencies and outcomes. */
export function sampleWindow(random: Random, options: WindowOptions): ResultWindow {
  const { at, length, measured, arrivals, groups, slowdown, shares } = options;
  const drawn = groups.map(({ base, median }) => ({
    group: base,
    median,
    outcomes: {} as Partial<Record<Outcome, number>>,
    latencies: new Map<Metric, Histogram>(),
  }));
  for (let number = 0; number < arrivals; number++) {
    const { median, outcomes, latencies } = drawn[number % drawn.length] as (typeof drawn)[number];
    const outcome = drawOutcome(random, shares);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!NOT_RUN.includes(outcome)) record(latencies, drawLatency(random, median * slowdown), outcome);
  }
  const merged = drawn.map(({ group, outcomes, latencies }) => {
    const count = Object.values(outcomes).reduce((sum, some) => sum + some, 0);
    const counts = { arrivals: count, achieved: goodOf(outcomes), outcomes, statuses: {} };
    return { group, counts, latencies };
  });
  return resultWindow({ at, length, phase: 0, measured }, merged);
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

function record(latencies: Map<Metric, Histogram>, total: number, outcome: Outcome): void {
  const metrics = GOOD.includes(outcome)
    ? METRICS.filter((metric) => SHARES[metric] > 0)
    : (['total'] as const);
  for (const metric of metrics) {
    const histogram = latencies.get(metric) ?? newHistogram();
    latencies.set(metric, histogram);
    recordMilliseconds(histogram, total * SHARES[metric]);
  }
}

function drawOutcome(random: Random, shares: WindowOptions['shares']): Outcome {
  let left = random();
  for (const [outcome, share] of Object.entries(shares) as [Outcome, number][]) {
    if (left < share) return outcome;
    left -= share;
  }
  return 'ok';
}
