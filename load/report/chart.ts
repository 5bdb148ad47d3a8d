/**
 * A chart as data. The server side makes it and writes its table; the page draws it.
 * Imported by both, so it must not import anything of either.
 */
export interface Chart {
  /** Unique on the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What is shown and how to read it. */
  readonly caption: string;
  readonly x: XAxis;
  readonly kind: 'lines' | 'stacked areas' | 'stacked bars';
  /** Unit of the values, such as `runs/min`; empty for counts. */
  readonly unit: string;
  readonly xs: readonly number[];
  readonly series: readonly Series[];
}

/**
 * What the horizontal axis of a chart shows.
 *
 * - `time`: seconds since the test began. All such charts are zoomed together.
 * - `percentile`: 100 / (100 - percentile), on a logarithmic scale: 1 is p0, 10 is p90, 100 is p99
 * - `latency`: seconds, on a logarithmic scale
 */
export type XAxis = 'time' | 'percentile' | 'latency';

/** A line, or a layer of a stack. */
export interface Series {
  readonly name: string;
  /** Same length as the chart's `xs`; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** Draws the line dashed: it is a limit, or the first one of a pair. */
  readonly dashed?: boolean;
  /** Index in the palette. Default: the position in the chart. */
  readonly color?: number;
}

/** A part of the time axis. Seconds since the test began. */
export interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Everything that the page draws. Embedded in it as JSON. */
export interface PageData {
  readonly charts: readonly Chart[];
  /** Phases of the profile. */
  readonly phases: readonly Span[];
  /** Warm-ups and cool-downs. */
  readonly unmeasured: readonly Span[];
  /** The whole test. */
  readonly time: Omit<Span, 'name'>;
}
