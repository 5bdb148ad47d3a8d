import { format } from '../figures.ts';
import type { Role } from './palette.ts';

/** A measured value and how it is written beside its mark. */
export interface Value {
  readonly value: number;
  readonly label: string;
}

interface Common {
  /** Name of its file, without the extension. */
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** What the values are. */
  readonly axis: string;
}

/** Values against the size of the fleet, both on logarithmic scales. */
export interface LineChart extends Common {
  readonly kind: 'lines';
  readonly series: readonly Line[];
}

export interface Line {
  readonly label: string;
  readonly role: Role;
  readonly dashed?: boolean;
  readonly points: readonly (Value & { readonly clones: number })[];
}

/** Values of a few cases side by side, on a linear scale. */
export interface BarChart extends Common {
  readonly kind: 'bars';
  readonly cases: readonly string[];
  readonly series: readonly Bars[];
  /** End of the scale, if it has one. */
  readonly max?: number;
}

export interface Bars {
  readonly label: string;
  readonly role: Role;
  /** A value for each case, where there is one. */
  readonly values: readonly (Value | undefined)[];
}

export type Chart = LineChart | BarChart;

export const clonesOf = (count: number): string => `${format(count)} ${count === 1 ? 'clone' : 'clones'}`;

/** The figures of a chart in words, for readers who do not see it. */
export function describe(chart: Chart): string {
  const sentences = figuresOf(chart).map(({ label, figures }) =>
    chart.series.length > 1 ? `${label}: ${figures.join(', ')}.` : `${figures.join(', ')}.`,
  );
  return [`${chart.title}, in ${chart.axis}.`, ...sentences].join(' ');
}

function figuresOf(chart: Chart): { label: string; figures: string[] }[] {
  if (chart.kind === 'lines')
    return chart.series.map(({ label, points }) => ({
      label,
      figures: points.map((point) => `${point.label} with ${clonesOf(point.clones)}`),
    }));
  return chart.series.map(({ label, values }) => ({
    label,
    figures: values.flatMap((some, i) => (some ? [`${some.label} (${chart.cases[i]})`] : [])),
  }));
}
