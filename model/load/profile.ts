/** What a load test does, with all defaults filled in. The YAML that people write is in `load/profile`. */
export interface Profile {
  readonly name: string;
  /** Decides the order of clones and all random choices: the same seed gives the same schedule. */
  readonly seed: number;
  /** One after the other. */
  readonly phases: readonly Phase[];
  /** What has to hold for the test to pass. */
  readonly slo: readonly Objective[];
  /** Seconds after which a run is given up and counts as `timed_out`. */
  readonly timeout: number;
  /** Gaps between arrivals: all equal, or random with an exponential distribution (a Poisson process). */
  readonly arrivals: 'even' | 'poisson';
  /** Base images whose clones take part; null for all. */
  readonly bases: readonly string[] | null;
  readonly workload: Workload;
}

/** A part of a test during which arrivals follow the same rules. */
export interface Phase {
  /** Unique in the profile. */
  readonly name: string;
  /** Length in milliseconds. Runs that arrive before its end may end later. */
  readonly length: number;
  /** Milliseconds at its beginning and at its end that are left out of the figures. */
  readonly warmUp: number;
  readonly coolDown: number;
  /** Arrivals of all streams together make up the phase. */
  readonly streams: readonly Stream[];
}

/** Milliseconds that phases take, one after the other. */
export function lengthOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, { length }) => sum + length, 0);
}

/** Arrivals within a phase. Times are milliseconds since the phase began. */
export type Stream =
  /** A rate in runs a minute, which changes linearly from the first to the second. */
  | {
      readonly kind: 'rate';
      readonly at: number;
      readonly length: number;
      readonly from: number;
      readonly to: number;
    }
  /** Every clone once in each interval, so the rate depends on the number of clones. */
  | { readonly kind: 'interval'; readonly at: number; readonly length: number; readonly interval: number }
  /** Every clone once, spread over the length. */
  | { readonly kind: 'once'; readonly at: number; readonly length: number }
  /** Given times. */
  | { readonly kind: 'times'; readonly at: number; readonly times: readonly number[] };

/** A condition of the service-level objective, such as `p95(total, group=debian) <= 30s`. */
export interface Objective {
  /** As the user wrote it. */
  readonly text: string;
  /** `failed` and `dropped` are counts; `failed_percent` and `dropped_percent` refer to arrivals; the others are latencies in seconds. */
  readonly figure:
    | 'failed'
    | 'dropped'
    | 'failed_percent'
    | 'dropped_percent'
    | 'mean'
    | 'max'
    | 'percentile';
  /** Percentile from 0 to 100 if that is the figure. */
  readonly percentile: number | null;
  /** What the latency is of: `total`, or a phase of an agent run. Null for counts. */
  readonly metric: Metric | null;
  /** Base image whose clones it is about; null for all. */
  readonly group: string | null;
  readonly comparison: '<' | '<=' | '=';
  readonly limit: number;
}

/** Parts of an agent run as its summary calls them, and `total`: from the arrival to the end of the run. */
export const METRICS = [
  'total',
  'fact_generation',
  'plugin_sync',
  'node_retrieval',
  'config_retrieval',
  'convert_catalog',
  'catalog_application',
  'transaction_evaluation',
] as const;
export type Metric = (typeof METRICS)[number];

/** What runs have to do in addition to the clone's own catalog. */
export interface Workload {
  /** External facts that each clone gets; null for none. */
  readonly facts: Facts | null;
  /** More options for `puppet agent`, such as `--noop` or `--environment=load`. */
  readonly agentOptions: readonly string[];
  /** Clones an hour that come back with another name, and so with another certificate. */
  readonly churn: number;
}

/** Generated facts. */
export interface Facts {
  /** Number of top-level facts. */
  readonly count: number;
  /** Characters in each value. */
  readonly size: number;
  /** Levels of hashes around each value; 0 for none. */
  readonly depth: number;
  /** Percentage of them that have another value in each run. */
  readonly changing: number;
}
