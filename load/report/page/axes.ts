import type uPlot from 'uplot';
import type { Chart, XAxis } from '../chart.ts';
import { FORMAT_X, formatNumber } from '../format.ts';
import type { Theme } from './theme.ts';

/** Same for all charts, so that those on one time axis are aligned. */
const Y_AXIS_WIDTH = 58;

const FONT = '12px system-ui, sans-serif';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between marks on a time axis, in seconds. */
const TIME_STEPS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY),
];

/** Distances between marks on an axis of counts. */
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

const MILLION = 1_000_000;

const PERCENTILE_MARKS = [2, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** More marks where the axis is short: 75 % and 95 %. */
const MORE_PERCENTILE_MARKS = [4, 20];
const SHORT_AXIS = 1000;

/** Height of the horizontal axis. */
const X_AXIS_HEIGHT = 30;

/** The two axes of a chart. */
export function axesOf({ x, kind }: Chart, { text, grid }: Theme): uPlot.Axis[] {
  const common = {
    font: FONT,
    stroke: text,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 5 },
  };
  return [
    {
      ...common,
      size: X_AXIS_HEIGHT,
      space: 60,
      // uPlot would leave out all marks but powers of ten.
      filter: (_, marks) => marks,
      incrs: x === 'time' ? TIME_STEPS : undefined,
      splits: x === 'time' ? undefined : (_, __, min, max) => marksOf(x, min, max),
      values: (_, marks) => marks.map(FORMAT_X[x]),
    },
    {
      ...common,
      size: Y_AXIS_WIDTH,
      incrs: kind === 'stacked bars' ? WHOLE_STEPS : undefined,
      values: (_, marks) => marks.map(formatMark),
    },
  ];
}

/** Large numbers have no room beside the chart. */
function formatMark(mark: number): string {
  return mark >= MILLION ? `${formatNumber(mark / MILLION)} M` : formatNumber(mark);
}

function marksOf(x: XAxis, min: number, max: number): number[] {
  const marks = x === 'percentile' ? percentileMarks(max) : decimalMarks(min, max);
  return marks.filter((mark) => mark >= min && mark <= max);
}

function percentileMarks(max: number): number[] {
  const marks = max <= SHORT_AXIS ? [...PERCENTILE_MARKS, ...MORE_PERCENTILE_MARKS] : [...PERCENTILE_MARKS];
  return marks.sort((a, b) => a - b);
}

/** 1, 2, 5, 10, 20, 50 and so on. */
function decimalMarks(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  return powers.flatMap((power) => [power, 2 * power, 5 * power]);
}
