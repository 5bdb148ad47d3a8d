import { METRICS, type Metric } from '../../../model/load/profile.ts';
import { OUTCOMES, type Outcome } from '../../../model/load/record.ts';
import type { Figures, Latency, Result } from '../../../model/load/result.ts';
import { formatNumber, formatValue, words } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Column, table } from '../table.ts';

/** The figures that a reader looks for first. */
export function keyFiguresSection({ total, advice }: Result): Html {
  const latency = total.latencies.total;
  const tiles: [string, string][] = [
    ['offered', formatValue(total.offered, 'runs/min')],
    ['achieved', formatValue(total.achieved, 'runs/min')],
    ['failed', withShare(total.failed, total.arrivals)],
    ['dropped', withShare(total.dropped, total.arrivals)],
    ['median latency', formatValue(latency?.p50, 's')],
    ['p95 latency', formatValue(latency?.p95, 's')],
    ['p99 latency', formatValue(latency?.p99, 's')],
    ['greatest latency', formatValue(latency?.max, 's')],
  ];
  return html`<section aria-label="Key figures">
<dl class="tiles">
${tiles.map(([name, value]) => html`<div><dt>${name}</dt><dd data-figure="${name}">${withSmallUnit(value)}</dd></div>\n`)}</dl>
${advice && html`<p class="advice">${advice.text}</p>\n`}</section>
`;
}

function withSmallUnit(text: string): Html {
  const [number = '', ...unit] = text.split(' ');
  return html`${number}${unit.length > 0 && html` <small>${unit.join(' ')}</small>`}`;
}

function withShare(count: number, arrivals: number): string {
  if (count === 0 || arrivals === 0) return formatNumber(count);
  return `${formatNumber(count)} (${formatNumber((count * 100) / arrivals)} %)`;
}

type Named = Figures & { readonly name: string };

const COLUMNS: readonly Column<Named>[] = [
  { title: '', value: ({ name }) => name },
  { title: 'arrivals', numeric: true, value: ({ arrivals }) => formatNumber(arrivals) },
  { title: 'offered/min', numeric: true, value: ({ offered }) => formatNumber(offered) },
  { title: 'achieved/min', numeric: true, value: ({ achieved }) => formatNumber(achieved) },
  { title: 'failed', numeric: true, value: ({ failed }) => formatNumber(failed) },
  { title: 'dropped', numeric: true, value: ({ dropped }) => formatNumber(dropped) },
  { title: 'held back', numeric: true, value: ({ heldBack }) => formatNumber(heldBack) },
  ...(['p50', 'p95', 'p99', 'max'] as const).map(
    (figure): Column<Named> => ({
      title: `${figure}, s`,
      numeric: true,
      value: ({ latencies }) => formatValue(latencies.total?.[figure], ''),
    }),
  ),
];

/** Figures of the whole test, by phase and by group of clones, and latencies by part of a run. */
export function figuresSection({ total, phases, groups }: Result): Html {
  return html`<section>
<h2>Figures</h2>
<p>Of runs that arrived in measured parts of the test: warm-ups and cool-downs are left out.</p>
${table('Load and latency, by phase and base image', COLUMNS, [
  { ...total, name: 'all runs' },
  ...phases.map((phase) => ({ ...phase, name: `phase ${phase.name}` })),
  ...groups.map((group) => ({ ...group, name: `base ${group.name}` })),
])}
${latencyTable(total)}
${outcomeTable(total)}
</section>
`;
}

const LATENCIES = ['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

function latencyTable({ latencies }: Figures): Html {
  const rows = METRICS.flatMap((metric: Metric): [Metric, Latency][] => {
    const latency = latencies[metric];
    return latency ? [[metric, latency]] : [];
  });
  return table<[Metric, Latency]>(
    'Parts of a run, in seconds',
    [
      { title: 'part', value: ([metric]) => words(metric) },
      { title: 'runs', numeric: true, value: ([, { count }]) => formatNumber(count) },
      ...LATENCIES.map((figure) => ({
        title: figure === 'p999' ? 'p99.9' : figure,
        numeric: true,
        value: ([, latency]: [Metric, Latency]) => formatNumber(latency[figure]),
      })),
    ],
    rows,
  );
}

function outcomeTable({ arrivals, outcomes, statuses }: Figures): Html {
  const rows = OUTCOMES.filter((outcome) => outcomes[outcome]);
  const detail = Object.entries(statuses).map(([status, count]) => `HTTP ${status}: ${formatNumber(count)}`);
  return table<Outcome>(
    'Outcomes',
    [
      { title: 'outcome', value: words },
      { title: 'arrivals', numeric: true, value: (outcome) => formatNumber(outcomes[outcome] ?? 0) },
      {
        title: 'share',
        numeric: true,
        value: (outcome) => `${formatNumber(((outcomes[outcome] ?? 0) * 100) / arrivals)} %`,
      },
      { title: 'detail', value: (outcome) => (outcome === 'catalog_failed' ? detail.join(', ') : '') },
    ],
    rows,
  );
}
