import type { ComparedFigure, Comparison } from '../../model/load/comparison.ts';
import type { Result } from '../../model/load/result.ts';
import type { PageData } from '../report/chart.ts';
import { chartFigure } from '../report/chart-figure.ts';
import { formatNumber } from '../report/format.ts';
import { type Html, html } from '../report/html.ts';
import { renderPage } from '../report/page.ts';
import { list } from '../report/sections/list.ts';
import { table } from '../report/table.ts';
import { phaseSpans, unmeasuredSpans } from '../report/timeline.ts';
import { comparisonCharts } from './charts.ts';
import { differenceOf, headline, intervalOf, nameOf, shownValue, sideText, verdictOf } from './text.ts';

/** Renders a comparison as one HTML file, which needs nothing else. */
export function renderComparison(
  comparison: Comparison,
  before: readonly Result[],
  after: readonly Result[],
): string {
  const charts = comparisonCharts(comparison, before, after);
  const title = 'Comparison of load tests';
  const body = html`<header>
<h1>${title}</h1>
<p>Before: ${sideText(comparison.before)}</p>
<p>After: ${sideText(comparison.after)}</p>
</header>
<main>
${verdictSection(comparison)}
<nav id="zoom" class="zoom" aria-label="Part of the tests that the charts show"></nav>
<section>
<h2>Both sides</h2>
<div class="charts">
${charts.map(chartFigure)}</div>
</section>
${figuresSection(comparison)}</main>
`;
  return renderPage({ title, body, data: dataOf(charts, [...before, ...after]) });
}

function verdictSection(comparison: Comparison): Html {
  const word = comparison.passed ? 'passed' : 'regressed';
  return html`<section class="verdict ${word}" aria-label="Verdict">
<p class="word" id="verdict">${word}</p>
<div>
<p class="text">${headline(comparison)}</p>
${list('Warnings', comparison.warnings)}</div>
</section>
`;
}

function figuresSection({ figures, confidence, maxRegression }: Comparison): Html {
  const percent = formatNumber(100 * confidence);
  return html`<section>
<h2>Figures</h2>
<p>A figure regressed if it is worse by more than ${formatNumber(maxRegression)} %, and if the interval of the difference excludes zero. All intervals together hold with a confidence of ${percent} %. A figure without a verdict may still have changed by as much as its interval says.</p>
${table<ComparedFigure>(
  'Before and after',
  [
    { title: 'figure', value: nameOf },
    { title: 'unit', value: ({ unit }) => unit },
    { title: 'before', numeric: true, value: ({ before }) => shownValue(before) },
    { title: 'after', numeric: true, value: ({ after }) => shownValue(after) },
    { title: 'difference', numeric: true, value: differenceOf },
    { title: 'interval', numeric: true, value: intervalOf },
    { title: 'verdict', value: verdictCell },
  ],
  figures,
)}
</section>
`;
}

function verdictCell(figure: ComparedFigure): Html {
  return html`<span class="${figure.verdict === 'regressed' ? 'bad' : 'good'}">${verdictOf(figure)}</span>`;
}

function dataOf(charts: PageData['charts'], results: readonly Result[]): PageData {
  const [first] = results;
  const xs = charts.filter(({ x }) => x === 'time').flatMap((chart) => chart.xs);
  return {
    charts,
    phases: first ? phaseSpans(first.profile) : [],
    unmeasured: first ? unmeasuredSpans(first.profile) : [],
    time: { from: 0, to: xs.reduce((latest, x) => Math.max(latest, x), 0) },
  };
}
