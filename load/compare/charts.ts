import type { Histogram } from 'hdr-histogram-js';
import type { Comparison } from '../../model/load/comparison.ts';
import type { Result, ResultWindow } from '../../model/load/result.ts';
import { sumOf } from '../histogram.ts';
import type { Chart, Series } from '../report/chart.ts';
import { timesOf, valuesAt } from '../report/charts/aligned.ts';
import { type Distributions, percentileChart } from '../report/charts/distribution.ts';

/** A result, what its lines are called, and which clones they are about. */
interface Compared {
  readonly name: string;
  readonly result: Result;
  readonly group: string | null;
  readonly isBefore: boolean;
}

/** Both sides in the same charts: latency over time and its distribution, and the load. */
export function comparisonCharts(
  { before: from, after: to }: Comparison,
  before: readonly Result[],
  after: readonly Result[],
): Chart[] {
  const compared = [
    ...before.map((result, index) => comparedOf('before', before.length, result, index, from.group)),
    ...after.map((result, index) => comparedOf('after', after.length, result, index, to.group)),
  ];
  const distributions: Distributions = Object.fromEntries(
    compared.flatMap((one) => {
      const histogram = totalOf(
        one.result.windows.filter(({ measured }) => measured),
        one.group,
      );
      return histogram ? [[one.name, histogram]] : [];
    }),
  );
  const percentiles = percentileChart(distributions);
  return [
    overTime(compared, {
      id: 'p95',
      title: '95th percentile of latency',
      caption: 'From the arrival of a run to its end, by the time of arrival.',
      unit: 's',
      read: (window, group) => latencyOf(window, group, 95),
    }),
    overTime(compared, {
      id: 'p50',
      title: 'Median latency',
      caption: 'Half of the runs that arrived in a window took longer.',
      unit: 's',
      read: (window, group) => latencyOf(window, group, 50),
    }),
    {
      ...percentiles,
      series: percentiles.series.map((line, index) => ({ ...line, ...styleOf(compared, index) })),
    },
    overTime(compared, {
      id: 'offered',
      title: 'Offered load',
      caption: 'Where it differs, the sides were not asked for the same.',
      unit: 'runs/min',
      read: (window, group) => (60_000 * arrivalsOf(window, group)) / window.length,
    }),
  ];
}

function comparedOf(
  side: 'before' | 'after',
  results: number,
  result: Result,
  index: number,
  group: string | null,
): Compared {
  const name = results === 1 ? side : `${side} ${index + 1}: ${result.id}`;
  return { name, result, group, isBefore: side === 'before' };
}

/** A figure over time. */
interface OverTime extends Pick<Chart, 'id' | 'title' | 'caption' | 'unit'> {
  readonly read: (window: ResultWindow, group: string | null) => number | null;
}

function overTime(compared: readonly Compared[], { read, ...chart }: OverTime): Chart {
  const xs = timesOf(compared.map(({ result }) => result.windows));
  return {
    ...chart,
    x: 'time',
    kind: 'lines',
    xs: xs.map((at) => at / 1000),
    series: compared.map(({ name, result, group }, index) => ({
      name,
      values: valuesAt(xs, result.windows, (window) => read(window, group)),
      ...styleOf(compared, index),
    })),
  };
}

/** Colours of the two sides: blue and green are those before, orange and red those after. */
function styleOf(compared: readonly Compared[], index: number): Pick<Series, 'dashed' | 'color'> {
  const isBefore = compared[index]?.isBefore ?? true;
  const position = compared.slice(0, index).filter((one) => one.isBefore === isBefore).length;
  return { dashed: isBefore, color: (isBefore ? 0 : 2) + (position % 2) };
}

function arrivalsOf(window: ResultWindow, group: string | null): number {
  return partsOf(window, group).reduce((sum, { arrivals }) => sum + arrivals, 0);
}

function latencyOf(window: ResultWindow, group: string | null, percentile: number): number | null {
  const histogram = totalOf([window], group);
  return histogram ? histogram.getValueAtPercentile(percentile) / 1000 : null;
}

function totalOf(windows: readonly ResultWindow[], group: string | null): Histogram | undefined {
  const parts = windows.flatMap((window) => partsOf(window, group));
  const encoded = parts.flatMap(({ latencies }) => latencies.total ?? []);
  return encoded.length === 0 ? undefined : sumOf(encoded);
}

function partsOf({ groups }: ResultWindow, group: string | null): ResultWindow['groups'] {
  return groups.filter((part) => group === null || part.group === group);
}
