import uPlot from 'uplot';
import type { Chart } from '../chart.ts';
import { FORMAT_X, formatValue } from '../format.ts';
import { stacked } from './stack.ts';
import type { Theme } from './theme.ts';

const DASH = [6, 4];

/** Share of its colour that the area under a line of a stack has, as hexadecimal digits of an alpha channel. */
const AREA_ALPHA = 'b0';

/** Bars fill the space between two positions, except for one pixel. */
const BARS = uPlot.paths.bars?.({ size: [1, Number.POSITIVE_INFINITY], align: 1, gap: 1 });

/** What uPlot draws: its series, its data, and the bands between the layers of a stack. */
export interface Lines {
  readonly series: uPlot.Series[];
  readonly data: uPlot.AlignedData;
  readonly bands: uPlot.Band[];
}

/** The lines, areas or bars of a chart. Layers of a stack are drawn from the top, so that lower ones cover them. */
export function linesOf(chart: Chart, theme: Theme): Lines {
  const isStack = chart.kind !== 'lines';
  const heights = isStack ? stacked(chart.series) : chart.series.map(({ values }) => [...values]);
  const layers = chart.series.map((line, index) => ({
    heights: heights[index] as (number | null)[],
    series: seriesOf(chart, index, theme.series[(line.color ?? index) % theme.series.length] as string),
  }));
  if (isStack) layers.reverse();
  return {
    series: [
      { label: chart.x, value: (_, x) => positionOf(chart, x) },
      ...layers.map(({ series }) => series),
    ],
    data: [[...chart.xs], ...layers.map(({ heights: values }) => values)],
    bands: chart.kind === 'stacked areas' ? bandsOf(layers.length) : [],
  };
}

function seriesOf({ kind, unit, series }: Chart, index: number, color: string): uPlot.Series {
  const { name, values, dashed } = series[index] as Chart['series'][number];
  const common: uPlot.Series = {
    label: name,
    stroke: color,
    // The drawn values of a stack are sums.
    value: (_, __, ___, position) => (position === null ? '' : formatValue(values[position], unit)),
  };
  if (kind === 'stacked bars')
    return { ...common, fill: color, width: 0, paths: BARS, points: { show: false } };
  if (kind === 'stacked areas')
    return { ...common, fill: color + AREA_ALPHA, width: 1, points: { show: false } };
  return { ...common, width: 2, dash: dashed ? DASH : undefined };
}

/** Fills each layer down to the one below it, which comes after it. */
function bandsOf(layers: number): uPlot.Band[] {
  return Array.from({ length: layers - 1 }, (_, index) => ({ series: [index + 1, index + 2] }));
}

function positionOf({ x }: Chart, position: number | null): string {
  return position === null ? '' : FORMAT_X[x](position);
}
