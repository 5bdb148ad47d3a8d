import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import type { Reduced, ReducedWindow } from '../../model/load/reduced.ts';
import type { ResultWindow } from '../../model/load/result.ts';
import { encodeHistogram, sumOf } from '../histogram.ts';
import { addHistograms, type Counts, failedOf, type Histograms, sumCounts } from './figures.ts';
import type { Window, Windows } from './windows.ts';

/** Runs of one group in one window, on all hosts. */
export interface GroupWindow {
  readonly group: string;
  readonly counts: Counts;
  readonly latencies: Histograms;
}

/** Reduced windows of all hosts: by index of the window, and by group. */
export type WindowIndex = ReadonlyMap<number, ReadonlyMap<string, readonly ReducedWindow[]>>;

/** Sorts the windows of all hosts. */
export function indexWindows(windows: Windows, hosts: Iterable<readonly ReducedWindow[]>): WindowIndex {
  const index = new Map<number, Map<string, ReducedWindow[]>>();
  for (const ofHost of hosts) {
    for (const window of ofHost) {
      const number = windows.indexAt(window.at);
      const groups = index.get(number) ?? new Map<string, ReducedWindow[]>();
      index.set(number, groups);
      const same = groups.get(window.group) ?? [];
      groups.set(window.group, same);
      same.push(window);
    }
  }
  return index;
}

/** Merges what all hosts have of a window, group by group. */
export function mergeGroups(
  groups: ReadonlyMap<string, readonly ReducedWindow[]> | undefined,
): GroupWindow[] {
  return [...(groups ?? [])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, same]) => ({ group, counts: sumCounts(same), latencies: latenciesOf(same) }));
}

function latenciesOf(windows: readonly ReducedWindow[]): Histograms {
  const latencies = new Map<Metric, Histogram>();
  for (const metric of METRICS) {
    const encoded = windows.flatMap((window) => window.latencies[metric] ?? []);
    if (encoded.length > 0) latencies.set(metric, sumOf(encoded));
  }
  return latencies;
}

/** A point of the time series. */
export function resultWindow(window: Window, groups: readonly GroupWindow[]): ResultWindow {
  const { arrivals, achieved, outcomes } = sumCounts(groups.map(({ counts }) => counts));
  const latencies = new Map<Metric, Histogram>();
  for (const group of groups) addHistograms(latencies, group.latencies);
  const means = [...latencies].map(([metric, histogram]) => [metric, histogram.mean / 1000]);
  return {
    ...window,
    arrivals,
    achieved,
    outcomes,
    ...percentilesOf(latencies.get('total')),
    means: Object.fromEntries(means),
    groups: groups.map(({ group, counts, latencies: ofGroup }) => ({
      group,
      arrivals: counts.arrivals,
      failed: failedOf(counts.outcomes),
      latencies: Object.fromEntries([...ofGroup].map(([metric, each]) => [metric, encodeHistogram(each)])),
    })),
  };
}

function percentilesOf(total: Histogram | undefined): Pick<ResultWindow, 'p50' | 'p95' | 'max'> {
  if (total === undefined) return {};
  const [p50, p95] = [50, 95].map((percentile) => total.getValueAtPercentile(percentile) / 1000);
  return { p50, p95, max: total.maxValue / 1000 };
}

/** Windows of the test until it ended, and those after its end in which runs ended. The latter are never measured. */
export function windowsUntil(windows: Windows, index: WindowIndex, until: number): Window[] {
  const last = Math.max(-1, ...index.keys());
  const after = Array.from({ length: Math.max(0, last + 1 - windows.all.length) }, (_, i) =>
    windows.window(windows.all.length + i),
  );
  const planned = windows.all
    .filter(({ at }) => at < until || index.has(windows.indexAt(at)))
    .map((window) =>
      window.at < until
        ? { ...window, length: Math.min(window.length, until - window.at) }
        : { ...window, measured: false },
    );
  return [...planned, ...after];
}

/** Milliseconds from the begin of the test to its end on the host that went on longest. */
export function durationOf(hosts: readonly Reduced[]): number {
  return hosts.reduce((longest, { begin, end }) => Math.max(longest, end - begin), 0);
}
