import * as charts from 'echarts/charts';
import * as components from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Chart, describe } from './chart.ts';
import { optionsOf, sizeOf } from './options.ts';
import { darkStyle } from './palette.ts';

echarts.use([
  charts.BarChart,
  charts.LineChart,
  components.GridComponent,
  components.LegendComponent,
  components.TitleComponent,
  SVGRenderer,
]);

/**
 * Draws a chart as a self-contained SVG: text stays text, and colors follow the reader's color scheme.
 *
 * The same chart gives the same bytes.
 */
export function draw(chart: Chart): string {
  const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, ...sizeOf(chart) });
  try {
    instance.setOption(optionsOf(chart));
    return standalone(instance.renderToSVGString(), chart);
  } finally {
    instance.dispose();
  }
}

/** Removes what the drawing has only for interaction, and adds its name, its description and its dark colors. */
function standalone(svg: string, chart: Chart): string {
  const { name, title } = chart;
  const still = svg
    .replace(/<style >.*?<\/style>\n?/s, '')
    .replace(/<defs >\s*<\/defs>\n?/, '')
    // ECharts numbers the drawings of a process.
    .replace(/\bzr\d+-/g, `${name}-`)
    .replace(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '');
  const head = [
    `<title id="${name}-title">${escapeText(title)}</title>`,
    `<desc id="${name}-desc">${escapeText(describe(chart))}</desc>`,
    `<style>${darkStyle()}</style>`,
  ].join('\n');
  return still.replace(
    /^<svg ([^>]*)>/,
    (_, attributes) => `<svg ${attributes} role="img" aria-labelledby="${name}-title ${name}-desc">\n${head}`,
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
