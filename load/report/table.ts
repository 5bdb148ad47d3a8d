import type { Chart } from './chart.ts';
import { FORMAT_X, formatValue } from './format.ts';
import { type Content, type Html, html } from './html.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => Content;
  /** Aligns the column to the right. */
  readonly numeric?: boolean;
}

/** Renders a table. The first column names its row. It scrolls on its own where the screen is narrower. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const align = ({ numeric }: Column<Row>) => (numeric ? html` class="numeric"` : null);
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${align(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${columns.map((column, index) => cell(column, row, index === 0))}</tr>\n`)}</tbody>
</table></div>`;
}

function cell<Row>(column: Column<Row>, row: Row, isHeading: boolean): Html {
  const numeric = column.numeric ? html` class="numeric"` : null;
  const content = column.value(row);
  return isHeading ? html`<th scope="row"${numeric}>${content}</th>` : html`<td${numeric}>${content}</td>`;
}

/** Rows of a chart's table. Longer ones would make the page slow; `result.json` has all values. */
const ROWS_MAX = 400;

const POSITIONS = { time: 'time', percentile: 'percentile', latency: 'from' } as const;

/** The values of a chart as a table. */
export function chartTable(chart: Chart): Html {
  const step = Math.ceil(chart.xs.length / ROWS_MAX);
  const rows = chart.xs.map((_, index) => index).filter((index) => index % step === 0);
  const columns: Column<number>[] = [
    {
      title: POSITIONS[chart.x],
      numeric: true,
      value: (index) => FORMAT_X[chart.x](chart.xs[index] as number),
    },
    ...chart.series.map(({ name, values }) => ({
      title: name,
      numeric: true,
      value: (index: number) => formatValue(values[index], ''),
    })),
  ];
  const unit = chart.unit === '' ? '' : `, in ${chart.unit}`;
  const part = step === 1 ? '' : `; every ${step}th value, all are in result.json`;
  return table(`${chart.title}${unit}${part}`, columns, rows);
}
