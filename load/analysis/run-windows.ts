import type { Histogram } from 'hdr-histogram-js';
import { METRICS, type Metric } from '../../model/load/profile.ts';
import { GOOD, type Outcome, type RunRecord } from '../../model/load/record.ts';
import type { ReducedWindow } from '../../model/load/reduced.ts';
import { encodeHistogram, newHistogram, recordMilliseconds } from '../histogram.ts';
import { latencyOf } from '../latency.ts';
import type { Windows } from './windows.ts';

/** Runs of one group in one window, while they are being counted. */
interface Counted {
  readonly index: number;
  readonly group: string;
  arrivals: number;
  achieved: number;
  readonly outcomes: { [K in Outcome]?: number };
  readonly statuses: Record<string, number>;
  readonly latencies: Map<Metric, Histogram>;
}

/** Counts runs by window and group. Its memory depends on the number of both, not on that of runs. */
export class RunWindows {
  private readonly counted = new Map<string, Counted>();

  constructor(
    private readonly windows: Windows,
    /** Milliseconds since 1970. */
    private readonly begin: number,
  ) {}

  /** Counts an arrival in the window in which it was due. */
  addArrival(group: string, at: number, outcome: Outcome): Counted {
    const counted = this.at(at, group);
    counted.arrivals += 1;
    counted.outcomes[outcome] = (counted.outcomes[outcome] ?? 0) + 1;
    return counted;
  }

  /** Counts an arrival, its latencies, and the end of its run. */
  addRecord(record: RunRecord): void {
    const { group, due, ended, outcome, status } = record;
    const counted = this.addArrival(group, due - this.begin, outcome);
    if (outcome === 'catalog_failed' && status !== undefined) {
      counted.statuses[status] = (counted.statuses[status] ?? 0) + 1;
    }
    if (ended !== null && GOOD.includes(outcome)) this.at(ended - this.begin, group).achieved += 1;
    for (const metric of METRICS) {
      const latency = latencyOf(record, metric);
      if (latency !== undefined) addLatency(counted, metric, latency);
    }
  }

  /** All windows in which something was counted, in order of time. */
  reduced(): ReducedWindow[] {
    const order = (a: Counted, b: Counted) => a.index - b.index || (a.group < b.group ? -1 : 1);
    return [...this.counted.values()].sort(order).map(({ index, group, latencies, ...counts }) => {
      const { at, phase, measured } = this.windows.window(index);
      const encoded = [...latencies].map(([metric, histogram]) => [metric, encodeHistogram(histogram)]);
      return { at, phase, group, measured, ...counts, latencies: Object.fromEntries(encoded) };
    });
  }

  private at(at: number, group: string): Counted {
    const index = this.windows.indexAt(at);
    const key = `${index} ${group}`;
    const known = this.counted.get(key);
    if (known !== undefined) return known;
    const counted = {
      index,
      group,
      arrivals: 0,
      achieved: 0,
      outcomes: {},
      statuses: {},
      latencies: new Map(),
    };
    this.counted.set(key, counted);
    return counted;
  }
}

function addLatency({ latencies }: Counted, metric: Metric, milliseconds: number): void {
  let histogram = latencies.get(metric);
  if (histogram === undefined) {
    histogram = newHistogram();
    latencies.set(metric, histogram);
  }
  recordMilliseconds(histogram, milliseconds);
}
