import type { Chart, Series } from '../chart.ts';

/** A chart of samples over time. `at` is in seconds since the test began. */
export interface SampledChart<S> extends Pick<Chart, 'id' | 'title' | 'caption' | 'unit'> {
  readonly samples: readonly (S & { readonly at: number })[];
  /** How to read each line; `previous` is the sample before, for figures that count from the start of a process. */
  readonly lines: Readonly<Record<string, (sample: S, previous: S | undefined) => number | null | undefined>>;
  /** Names of lines that are limits. */
  readonly limits?: readonly string[];
}

/** Makes a chart of samples, without lines that have no value at all; null if none has. */
export function sampledChart<S>({ samples, lines, limits = [], ...chart }: SampledChart<S>): Chart | null {
  const series: Series[] = Object.entries(lines)
    .map(([name, read], color) => ({
      name,
      color,
      dashed: limits.includes(name),
      values: samples.map((sample, index) => read(sample, samples[index - 1]) ?? null),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
  if (series.length === 0) return null;
  return { ...chart, x: 'time', kind: 'lines', xs: samples.map(({ at }) => at), series };
}

/** Number of events since a process began, and their mean in the last minutes. */
export interface Tally {
  readonly count: number;
  readonly mean: number;
}

/** Mean of the last minutes; null if there were no events since the tally before, or if the process was restarted. */
export function recentMean(now: Tally | undefined, before: Tally | undefined): number | null {
  return now && before && now.count > before.count ? now.mean : null;
}

/** Events a minute between two counts; null if either is unknown, or if the process was restarted. */
export function rateBetween(
  now: number | undefined,
  before: number | undefined,
  seconds: number,
): number | null {
  if (now === undefined || before === undefined || now < before || seconds <= 0) return null;
  return ((now - before) * 60) / seconds;
}
