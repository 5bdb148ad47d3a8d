import type { Result } from '../../model/load/result.ts';
import { isoSeconds } from '../../tasks/lib/clone/time.ts';
import type { Chart, PageData } from './chart.ts';
import { chartFigure } from './chart-figure.ts';
import { distributionsOf, histogramChart, percentileChart } from './charts/distribution.ts';
import { hostCharts } from './charts/hosts.ts';
import { latencyChart, partsChart } from './charts/latency.ts';
import { loadChart } from './charts/load.ts';
import { outcomesChart } from './charts/outcomes.ts';
import { puppetdbCharts } from './charts/puppetdb.ts';
import { serverCharts } from './charts/server.ts';
import { counted, formatElapsed } from './format.ts';
import { type Html, html } from './html.ts';
import { renderPage } from './page.ts';
import { failuresSection } from './sections/failures.ts';
import { figuresSection, keyFiguresSection } from './sections/figures.ts';
import { setupSection } from './sections/setup.ts';
import { objectivesSection, verdictSection } from './sections/verdict.ts';
import { phaseSpans, unmeasuredSpans } from './timeline.ts';

/** How to render a report. */
export interface ReportOptions {
  /** Seconds after which a browser loads the report again: for a test that is still running. Default: never. */
  readonly refreshSeconds?: number;
}

/** Renders the report of a load test as one HTML file, which needs nothing else. */
export function renderReport(result: Result, { refreshSeconds }: ReportOptions = {}): string {
  const sections = chartSections(result);
  const title = `Load test ${result.profile.name}`;
  const body = html`<header>
<h1>${title}</h1>
<p>${headline(result)}</p>
</header>
<main>
${verdictSection(result)}${keyFiguresSection(result)}${objectivesSection(result)}
<nav id="zoom" class="zoom" aria-label="Part of the test that the charts show"></nav>
${sections.map(chartSection)}
${figuresSection(result)}${failuresSection(result)}${setupSection(result)}</main>
`;
  return renderPage({
    title,
    body,
    data: dataOf(
      result,
      sections.flatMap(({ charts }) => charts),
    ),
    refreshSeconds,
  });
}

function headline({ id, begin, end, roster }: Result): string {
  const seconds = (Date.parse(end) - Date.parse(begin)) / 1000;
  const clones = roster.hosts.flatMap(({ groups }) => groups).reduce((sum, group) => sum + group.clones, 0);
  const hosts = roster.hosts.map(({ name }) => name);
  const where = hosts.length > 3 ? `${hosts.length} load hosts` : hosts.join(', ');
  return `${id} · began ${isoSeconds(Date.parse(begin))} · lasted ${formatElapsed(seconds)} · ${counted(clones, 'clone')} on ${where}`;
}

/** Charts under a heading. */
interface ChartSection {
  readonly title: string;
  readonly charts: readonly Chart[];
}

function chartSections(result: Result): ChartSection[] {
  const { total } = result.total.latencies;
  return [
    { title: 'Load and latency', charts: [loadChart(result), latencyChart(result)] },
    {
      title: 'Distribution',
      charts: total ? [percentileChart(distributionsOf(result)), histogramChart(total.histogram)] : [],
    },
    { title: 'Runs', charts: [partsChart(result), outcomesChart(result)] },
    { title: 'Puppet server', charts: serverCharts(result) },
    { title: 'PuppetDB', charts: puppetdbCharts(result) },
    { title: 'Load hosts', charts: hostCharts(result) },
  ].filter(({ charts }) => charts.length > 0);
}

function chartSection({ title, charts }: ChartSection): Html {
  return html`<section>
<h2>${title}</h2>
<div class="charts">
${charts.map(chartFigure)}</div>
</section>
`;
}

function dataOf(result: Result, charts: readonly Chart[]): PageData {
  const phases = phaseSpans(result.profile);
  const ends = [
    ...phases.map(({ to }) => to),
    ...charts.filter(({ x }) => x === 'time').flatMap(({ xs }) => xs),
  ];
  return {
    charts,
    phases,
    unmeasured: unmeasuredSpans(result.profile),
    time: { from: 0, to: ends.reduce((latest, end) => Math.max(latest, end), 0) },
  };
}
