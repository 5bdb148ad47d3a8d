import uPlot from 'uplot';
import type { Chart, PageData } from '../chart.ts';
import { axesOf } from './axes.ts';
import { linesOf } from './series.ts';
import { shading } from './shading.ts';
import { onThemeChange, readTheme, type Theme } from './theme.ts';
import { Zoom } from './zoom.ts';

const HEIGHT = 240;

/** Size of a chart that fits twice beside each other on A4 or Letter paper. */
const PRINTED = { width: 290, height: 190 };

/** Key of the charts whose cursors move together. */
const SYNC = 'time';

/** Draws all charts of the page in their places, and again when colours or sizes change. */
export function drawCharts(data: PageData): void {
  const bar = document.getElementById('zoom');
  if (!bar) return;
  const zoom = new Zoom(data, bar);
  const places = data.charts.map((chart) => ({ chart, place: placeOf(chart) }));
  let plots = new Map<Element, uPlot>();

  function draw(): void {
    for (const plot of plots.values()) plot.destroy();
    const theme = readTheme();
    plots = new Map(places.map(({ chart, place }) => [place, drawChart(chart, place, data, zoom, theme)]));
    zoom.follow(
      places.filter(({ chart }) => chart.x === 'time').map(({ place }) => plots.get(place) as uPlot),
    );
  }
  draw();
  onThemeChange(draw);

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const plot = plots.get(target);
      const size = sizeOf(target);
      if (plot && plot.width !== size.width) plot.setSize(size);
    }
  });
  for (const { place } of places) sizes.observe(place);
}

function placeOf({ id }: Chart): HTMLElement {
  const place = document.querySelector<HTMLElement>(`[data-chart="${id}"]`);
  if (!place) throw new Error(`the page has no place for chart ${id}`);
  return place;
}

function sizeOf(place: Element): { width: number; height: number } {
  return matchMedia('print').matches ? PRINTED : { width: place.clientWidth, height: HEIGHT };
}

function drawChart(chart: Chart, place: HTMLElement, data: PageData, zoom: Zoom, theme: Theme): uPlot {
  const { series, data: values, bands } = linesOf(chart, theme);
  const isTime = chart.x === 'time';
  const options: uPlot.Options = {
    ...sizeOf(place),
    series,
    bands,
    axes: axesOf(chart, theme),
    scales: {
      x: { time: false, distr: isTime ? 1 : 3, range: isTime ? rangeOf(zoom) : logarithmicRange },
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] },
    },
    padding: [8, 24, 0, 0],
    cursor: cursorOf(isTime, zoom),
    plugins: isTime ? [shading(data, theme), zoom.plugin()] : [],
  };
  return new uPlot(options, values, place);
}

/** At first a chart shows what the others show; later on, whatever it is told to. */
function rangeOf(zoom: Zoom): uPlot.Range.Function {
  let isFirst = true;
  return (_, min, max) => {
    if (!isFirst) return [min, max];
    isFirst = false;
    return zoom.range;
  };
}

const logarithmicRange: uPlot.Range.Function = (plot, min, max) => {
  const xs = plot.data[0];
  // The last bar begins at the last position, and is as wide as the others.
  const ratio = xs.length > 1 ? (xs[1] as number) / (xs[0] as number) : 2;
  return [min, Math.max(max, min) * ratio];
};

function cursorOf(isTime: boolean, zoom: Zoom): uPlot.Cursor {
  if (!isTime) return { drag: { x: false, y: false }, points: { size: 7 } };
  return {
    drag: { x: true, y: false },
    points: { size: 7 },
    // Cursors are shared. What is selected is not: a zoom reaches the other charts by its range.
    sync: {
      key: SYNC,
      setSeries: false,
      scales: ['x', null],
      filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave', sub: () => true },
    },
    bind: {
      dblclick: () => () => {
        zoom.reset();
        return null;
      },
    },
  };
}
