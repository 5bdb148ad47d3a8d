import type { Metric, Objective, Profile } from './profile.ts';
import type { Outcome } from './record.ts';
import type { EncodedHistogram, HostWindow, Reduced } from './reduced.ts';
import type { Roster } from './roster.ts';
import type { PuppetdbSample, ServerSample } from './sample.ts';

/** The answer of a load test: `result.json`. Its JSON Schema is `load-result.schema.json`. */
export interface Result {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601. */
  readonly begin: string;
  readonly end: string;
  readonly profile: Profile;
  readonly roster: Roster;
  readonly verdict: Verdict;
  readonly objectives: readonly ObjectiveResult[];
  /** Figures of the measured windows: of the whole test, by phase and by group. */
  readonly total: Figures;
  readonly phases: readonly (Figures & { readonly name: string })[];
  readonly groups: readonly (Figures & { readonly name: string })[];
  /** Time series over the whole test, warm-up and cool-down included. */
  readonly windowLength: number;
  readonly windows: readonly ResultWindow[];
  readonly server: {
    readonly version: string | null;
    readonly samples: readonly ServerSample[];
    readonly puppetdb: readonly PuppetdbSample[];
  };
  readonly hosts: readonly HostResult[];
  readonly failures: Reduced['failures'];
  /** Runs a minute and agents that the arithmetic of JRubies allows; null without samples. */
  readonly advice: { readonly runsPerMinute: number; readonly text: string } | null;
}

/** What can be saturated. */
export const BOTTLENECKS = [
  'none',
  'server',
  'puppetdb',
  'network',
  'load_host',
  'server_and_load_host',
] as const;

/** Which part was saturated. */
export interface Verdict {
  /** Whether the test has ended, all objectives hold, and the load hosts were not the bottleneck. */
  readonly passed: boolean;
  readonly bottleneck: (typeof BOTTLENECKS)[number];
  /** Whether the result is refused because the load hosts were the bottleneck. */
  readonly refused: boolean;
  /** One sentence. If the load host was the bottleneck, it says so. */
  readonly text: string;
  /** The figures that say so, a sentence each. */
  readonly evidence: readonly string[];
  /** Things that make the result worth less: hosts that ended early, missing samples, clock offsets. */
  readonly warnings: readonly string[];
}

export interface ObjectiveResult extends Objective {
  /** Null if nothing was measured: then it does not hold. */
  readonly value: number | null;
  readonly holds: boolean;
}

/** Figures of runs that arrived in measured windows. */
export interface Figures {
  readonly arrivals: number;
  /** Length of the measured windows in seconds. */
  readonly seconds: number;
  /** Runs a minute. */
  readonly offered: number;
  readonly achieved: number;
  readonly good: number;
  readonly failed: number;
  readonly dropped: number;
  readonly heldBack: number;
  readonly outcomes: { readonly [K in Outcome]?: number };
  readonly statuses: Readonly<Record<string, number>>;
  /** Seconds. */
  readonly latencies: { readonly [K in Metric]?: Latency };
}

/** Seconds. */
export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** 99.9th percentile. */
  readonly p999: number;
  readonly max: number;
  readonly histogram: EncodedHistogram;
}

export interface ResultWindow {
  /** Milliseconds since the test began. */
  readonly at: number;
  /** Milliseconds: {@link Result.windowLength}, or less if a warm-up, cool-down or phase ends in it. */
  readonly length: number;
  readonly phase: number;
  readonly measured: boolean;
  readonly arrivals: number;
  readonly achieved: number;
  readonly outcomes: { readonly [K in Outcome]?: number };
  /** Seconds; missing without runs. */
  readonly p50?: number;
  readonly p95?: number;
  readonly max?: number;
  /** Mean seconds of the parts of a run. */
  readonly means: { readonly [K in Metric]?: number };
  /** Latencies of `total` by group: the blocks of a comparison's bootstrap. */
  readonly groups: readonly {
    readonly group: string;
    readonly arrivals: number;
    readonly failed: number;
    readonly latencies: { readonly [K in Metric]?: EncodedHistogram };
  }[];
}

export interface HostResult {
  readonly name: string;
  readonly state: Reduced['state'] | 'missing';
  readonly about: Reduced['about'] | null;
  readonly clock: Reduced['clock'];
  readonly arrivals: number;
  /** Milliseconds by which runs started late. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly cpu: Reduced['cpu'];
  readonly samples: readonly HostWindow[];
}
