import type { Histogram } from 'hdr-histogram-js';
import type { EncodedHistogram } from '../../../model/load/reduced.ts';
import type { Result } from '../../../model/load/result.ts';
import { countsOf, decodeHistogram } from '../../histogram.ts';
import type { Chart } from '../chart.ts';

/** A distribution of latencies, by the name of its line. */
export type Distributions = Readonly<Record<string, Histogram>>;

/** Latencies of a result: of all runs, and of each group if there are several. */
export function distributionsOf({ total, groups }: Result): Distributions {
  const all = [{ ...total, name: 'all runs' }, ...(groups.length > 1 ? groups : [])];
  return Object.fromEntries(
    all.flatMap(({ name, latencies }) =>
      latencies.total ? [[name, decodeHistogram(latencies.total.histogram)]] : [],
    ),
  );
}

/** Steps of a percentile curve for each factor of ten on its axis. */
const STEPS = 20;

/** Latency by percentile. */
export function percentileChart(distributions: Distributions): Chart {
  const histograms = Object.entries(distributions);
  const most = Math.max(1, ...histograms.map(([, { totalCount }]) => totalCount));
  const steps = Math.ceil(Math.log10(most) * STEPS);
  const xs = Array.from({ length: steps + 1 }, (_, step) => 10 ** (step / STEPS));
  return {
    id: 'percentiles',
    title: 'Latency by percentile',
    caption:
      'Of the measured runs. Read it as: so many percent of the runs took at most so long. The curve ends at the last percentile that the number of runs can tell.',
    x: 'percentile',
    kind: 'lines',
    unit: 's',
    xs,
    series: histograms.map(([name, histogram]) => ({
      name,
      values: xs.map((x) => (x > histogram.totalCount ? null : atPercentile(histogram, 100 - 100 / x))),
    })),
  };
}

/** Bars of a histogram for each factor of two on its axis. */
const BARS = 8;

/** Number of runs by latency. */
export function histogramChart(encoded: EncodedHistogram): Chart {
  const histogram = decodeHistogram(encoded);
  const bar = (milliseconds: number) => Math.floor(Math.log2(Math.max(1, milliseconds)) * BARS);
  const first = bar(atPercentile(histogram, 0) * 1000);
  const counts = Array.from({ length: bar(histogram.maxValue) - first + 1 }, () => 0);
  for (const { value, count } of countsOf(histogram)) {
    const index = Math.min(bar(value) - first, counts.length - 1);
    counts[index] = (counts[index] ?? 0) + count;
  }
  return {
    id: 'histogram',
    title: 'Distribution of latency',
    caption:
      'Measured runs by latency. Each bar begins at the latency given and ends where the next one begins.',
    x: 'latency',
    kind: 'stacked bars',
    unit: 'runs',
    xs: counts.map((_, index) => 2 ** ((first + index) / BARS) / 1000),
    series: [{ name: 'runs', values: counts }],
  };
}

/** Seconds. */
function atPercentile(histogram: Histogram, percentile: number): number {
  return histogram.getValueAtPercentile(percentile) / 1000;
}
