import type { Chart } from './chart.ts';
import { formatValue } from './format.ts';
import { type Html, html } from './html.ts';
import { chartTable } from './table.ts';

/** A place for the page's script to draw a chart in, with a caption, and a table for those who cannot see it. */
export function chartFigure(chart: Chart): Html {
  return html`<figure class="chart" id="${chart.id}" aria-labelledby="${chart.id}-title">
<h3 id="${chart.id}-title">${chart.title}${chart.unit === '' ? null : html` <small>${chart.unit}</small>`}</h3>
<div class="plot" role="img" aria-label="${summaryOf(chart)}" data-chart="${chart.id}"></div>
<figcaption>${chart.caption}</figcaption>
<details><summary>Values<span class="hidden"> of: ${chart.title}</span></summary>${chartTable(chart)}</details>
</figure>
`;
}

/** The chart in a sentence, for screen readers. */
function summaryOf({ title, series, unit }: Chart): string {
  const ranges = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: no values`;
    const [least, greatest] = known.reduce<[number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    return `${name} from ${formatValue(least, '')} to ${formatValue(greatest, unit)}`;
  });
  return `Chart. ${title}: ${ranges.join('; ')}. The table below has the values.`;
}
