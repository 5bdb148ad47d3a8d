import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { format } from '../figures.ts';
import type { BarChart, Chart, LineChart } from './chart.ts';
import { colorOf } from './palette.ts';

const WIDTH = 760;
const MARGIN = 16;
/** Height of the title and subtitle, of a row of the legend, and of the names below the horizontal axis. */
const TITLE = 62;
const LEGEND_ROW = 38;
const BELOW = 58;
/** Height of the plotting area of a line chart. In a bar chart it follows from the bars. */
const LINES_HEIGHT = 270;
/** Gap between entries of the legend, in both directions. */
const LEGEND_GAP = 24;
const BAR_HEIGHT = 22;
const CASE_GAP = 18;
/** Room for the label beside the last point or the longest bar. */
const LABEL = 130;

const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";
const FONT_SIZE = 13;
/** Width of a character in the widest of these fonts. ECharts cannot measure text here, so the layout depends on this estimate. */
const CHARACTER = 7.7;

/** Size of the drawing of a chart. */
export function sizeOf(chart: Chart): { width: number; height: number } {
  const plot = chart.kind === 'lines' ? LINES_HEIGHT : barsHeight(chart);
  return { width: WIDTH, height: topOf(chart) + plot + BELOW };
}

/** A chart as ECharts takes it. */
export function optionsOf(chart: Chart): EChartsOption {
  return { ...common(chart), ...(chart.kind === 'lines' ? lines(chart) : bars(chart)) };
}

const box = { padding: 0, backgroundColor: colorOf('paper'), borderColor: colorOf('paper') };

function common(chart: Chart): EChartsOption {
  return {
    animation: false,
    backgroundColor: colorOf('paper'),
    textStyle: { fontFamily: FONT },
    title: {
      ...box,
      text: chart.title,
      subtext: chart.subtitle,
      left: MARGIN,
      top: 12,
      itemGap: 6,
      textStyle: { color: colorOf('ink'), fontSize: 17, fontWeight: 600 },
      subtextStyle: { color: colorOf('muted'), fontSize: FONT_SIZE },
    },
    legend: {
      ...box,
      show: chart.series.length > 1,
      left: MARGIN,
      top: TITLE,
      itemGap: LEGEND_GAP,
      itemWidth: 30,
      // An empty name breaks the row.
      data: legendRows(chart).flatMap((row) => [...row, '']),
      textStyle: { color: colorOf('ink'), fontSize: FONT_SIZE },
    },
  };
}

/** Labels of the series in rows. */
function legendRows({ series }: Chart): string[][] {
  const labels = series.map(({ label }) => label);
  const columns = labels.length > 3 ? 2 : 3;
  const rows = Array.from({ length: Math.ceil(labels.length / columns) }, (_, i) => i * columns);
  return rows.map((from) => labels.slice(from, from + columns));
}

/** Where the plotting area begins: below the title and the legend. */
function topOf(chart: Chart): number {
  const rows = chart.series.length > 1 ? legendRows(chart).length : 0;
  return TITLE + rows * LEGEND_ROW + 14;
}

const widthOf = (texts: readonly string[]) => CHARACTER * Math.max(...texts.map(({ length }) => length));

const axisText = { color: colorOf('muted'), fontSize: FONT_SIZE };
const axisName = { nameLocation: 'middle', nameTextStyle: axisText } as const;
const axisLines = {
  axisLine: { lineStyle: { color: colorOf('muted') } },
  splitLine: { lineStyle: { color: colorOf('grid') } },
  axisTick: { show: false },
};
const valueLabel = {
  color: colorOf('ink'),
  fontSize: 12,
  position: 'right',
  textBorderColor: colorOf('paper'),
  textBorderWidth: 3,
} as const;
const SYMBOLS = ['circle', 'triangle', 'rect', 'diamond'] as const;

function lines(chart: LineChart): EChartsOption {
  const scale = {
    type: 'log',
    axisLabel: { ...axisText, formatter: tick },
    ...axisLines,
    ...axisName,
  } as const;
  return {
    grid: { left: 76, right: LABEL / 3, top: topOf(chart), bottom: BELOW },
    xAxis: { ...scale, name: 'clones in the fleet', nameGap: 30 },
    yAxis: { ...scale, name: chart.axis, nameGap: 52 },
    series: chart.series.map(
      ({ label, role, dashed = false, points }, i): LineSeriesOption => ({
        name: label,
        type: 'line',
        clip: false,
        symbol: SYMBOLS[i % SYMBOLS.length],
        symbolSize: 9,
        color: colorOf(role),
        lineStyle: { color: colorOf(role), width: 2.5, type: dashed ? [6, 5] : 'solid' },
        data: points.map(({ clones, value, label: text }, at) => ({
          value: [clones, value],
          label: { ...valueLabel, show: !dashed && at === points.length - 1, distance: 8, formatter: text },
        })),
      }),
    ),
  };
}

function bars(chart: BarChart): EChartsOption {
  const { axis, cases, series, max } = chart;
  return {
    grid: { left: widthOf(cases) + MARGIN, right: LABEL, top: topOf(chart), bottom: BELOW },
    xAxis: {
      type: 'value',
      max,
      name: axis,
      nameGap: 28,
      ...axisName,
      axisLabel: { ...axisText, formatter: tick },
      ...axisLines,
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...cases],
      axisLabel: { ...axisText, color: colorOf('ink') },
      ...axisLines,
      splitLine: { show: false },
    },
    series: series.map(
      ({ label, role, values }): BarSeriesOption => ({
        name: label,
        type: 'bar',
        clip: false,
        barWidth: BAR_HEIGHT - 6,
        barGap: '20%',
        color: colorOf(role),
        data: values.map((some) => ({
          value: some?.value ?? '-',
          label: { ...valueLabel, show: some !== undefined, formatter: some?.label ?? '' },
        })),
      }),
    ),
  };
}

function barsHeight({ cases, series }: BarChart): number {
  return cases.length * (series.length * BAR_HEIGHT + CASE_GAP);
}

const tick = (value: number): string => format(value, Number.isInteger(value) ? 0 : 1);
