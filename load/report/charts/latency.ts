import { METRICS, type Metric } from '../../../model/load/profile.ts';
import type { Result } from '../../../model/load/result.ts';
import type { Chart } from '../chart.ts';
import { words } from '../format.ts';
import { timedWindows } from '../timeline.ts';

/** Percentiles of latency over time. */
export function latencyChart(result: Result): Chart {
  const windows = timedWindows(result);
  const values = (figure: 'p50' | 'p95' | 'max') => windows.map(({ window }) => window?.[figure] ?? null);
  return {
    id: 'latency',
    title: 'Latency over time',
    caption: 'From the arrival of a run to its end, by the time of arrival. Runs that failed are included.',
    x: 'time',
    kind: 'lines',
    unit: 's',
    xs: windows.map(({ from }) => from),
    series: [
      { name: 'p50', values: values('p50') },
      { name: 'p95', values: values('p95') },
      { name: 'max', values: values('max'), dashed: true },
    ],
  };
}

/** Parts of a run that do not overlap: `catalog_application` contains `transaction_evaluation`. */
const PARTS = METRICS.filter((metric) => metric !== 'total' && metric !== 'transaction_evaluation');

/** Parts of a run over time, stacked up to the mean of the whole run. */
export function partsChart(result: Result): Chart {
  const windows = timedWindows(result);
  const means = windows.map(({ window }) => window?.means ?? {});
  const parts = PARTS.filter((part) => means.some((mean) => (mean[part] ?? 0) > 0));
  return {
    id: 'parts',
    title: 'Parts of a run',
    caption:
      'Mean time of each part, from the agents’ own summaries. “Rest” is what the summaries leave out: the wait for the start, loading the agent, sending the report.',
    x: 'time',
    kind: 'stacked areas',
    unit: 's',
    xs: windows.map(({ from }) => from),
    series: [
      ...parts.map((part) => ({ name: words(part), values: means.map((mean) => mean[part] ?? null) })),
      { name: 'rest', values: means.map(restOf) },
    ],
  };
}

function restOf(means: { readonly [K in Metric]?: number }): number | null {
  if (means.total === undefined) return null;
  const known = PARTS.reduce((sum, part) => sum + (means[part] ?? 0), 0);
  return Math.max(0, means.total - known);
}
