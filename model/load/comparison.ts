import type { Metric } from './profile.ts';

/** The answer of a comparison: `compare.json`. Its JSON Schema is `load-comparison.schema.json`. */
export interface Comparison {
  readonly version: 1;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Percentage by which a figure may be worse. */
  readonly maxRegression: number;
  /** Probability that all intervals hold, from 0 to 1. */
  readonly confidence: number;
  /** Whether no figure regressed. */
  readonly passed: boolean;
  readonly figures: readonly ComparedFigure[];
  /** How the two sides differ in more than what was measured, a sentence each. */
  readonly warnings: readonly string[];
}

/** Results on one side of a comparison. */
export interface ComparedSide {
  /** Names of the tests. */
  readonly ids: readonly string[];
  /** Base image whose clones are compared; null for all. */
  readonly group: string | null;
  /** Measured windows and the arrivals in them. */
  readonly windows: number;
  readonly arrivals: number;
}

/** What is compared: loads in runs a minute, shares of arrivals in percent, latencies in seconds. */
export const COMPARED = [
  'offered',
  'achieved',
  'failed_percent',
  'dropped_percent',
  'mean',
  'p50',
  'p95',
  'p99',
] as const;
export type Compared = (typeof COMPARED)[number];

/** One figure on both sides. */
export interface ComparedFigure {
  readonly figure: Compared;
  /** What the latency is of; null for loads and shares. */
  readonly metric: Metric | null;
  /** Base image whose clones it is about, if both sides have several; null for all. */
  readonly group: string | null;
  readonly unit: 'runs/min' | '%' | 's';
  /** Null if it was not measured. */
  readonly before: number | null;
  readonly after: number | null;
  /** `after - before`, and as a percentage of `before`. */
  readonly difference: number | null;
  readonly percent: number | null;
  /** Confidence interval of the difference; null if there are too few windows or runs to tell. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /**
   * `regressed` and `improved` only if the interval excludes zero and the difference exceeds the bound. `no_claim` does not
   * mean that both sides are equal.
   */
  readonly verdict: 'regressed' | 'improved' | 'no_claim';
}
