import type uPlot from 'uplot';
import type { Chart, XAxis } from '../chart.ts';
import { formatElapsed, formatNumber, formatPercentile } from '../format.ts';
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

const PERCENTILE_MARKS = [2, 4, 10, 20, 100, 1000, 10_000, 100_000, 1_000_000];

/** How positions on each kind of axis read. */
export const FORMAT_X: Readonly<Record<XAxis, (position: number) => string>> = {
  time: formatElapsed,
  percentile: formatPercentile,
  latency: (seconds) => `${formatNumber(seconds)} s`,
};

/** The two axes of a chart. */
export function axesOf({ x }: Chart, { text, grid }: Theme): uPlot.Axis[] {
  const common = {
    font: FONT,
    stroke: text,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 5 },
  };
  return [
    {
      ...common,
      space: 60,
      incrs: x === 'time' ? TIME_STEPS : undefined,
      splits: x === 'time' ? undefined : (_, __, min, max) => marksOf(x, min, max),
      // A mark without room gets null on logarithmic scales.
      values: (_, marks) => marks.map((mark) => (mark === null ? '' : FORMAT_X[x](mark))),
    },
    { ...common, size: Y_AXIS_WIDTH, values: (_, marks) => marks.map(formatNumber) },
  ];
}

function marksOf(x: XAxis, min: number, max: number): number[] {
  const marks = x === 'percentile' ? PERCENTILE_MARKS : decimalMarks(min, max);
  return marks.filter((mark) => mark >= min && mark <= max);
}

/** 1, 2, 5, 10, 20, 50 and so on. */
function decimalMarks(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  return powers.flatMap((power) => [power, 2 * power, 5 * power]);
}
