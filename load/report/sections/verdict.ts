import type { ObjectiveResult, Result, Verdict } from '../../../model/load/result.ts';
import { formatValue } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../table.ts';
import { list } from './list.ts';

const BOTTLENECKS: Readonly<Record<Verdict['bottleneck'], string>> = {
  none: 'nothing was saturated',
  server: 'the Puppet server',
  puppetdb: 'PuppetDB',
  network: 'the network',
  load_host: 'the load host',
  server_and_load_host: 'the Puppet server and the load host',
};

/** The verdict: what it is, why, and what makes it worth less. */
export function verdictSection({ verdict }: Result): Html {
  const word = verdict.refused ? 'refused' : verdict.passed ? 'passed' : 'failed';
  return html`<section class="verdict ${word}" aria-label="Verdict">
<p class="word" id="verdict">${word}</p>
<div>
<p class="text">${verdict.text}</p>
<p>Bottleneck: <strong>${BOTTLENECKS[verdict.bottleneck]}</strong></p>
${list('Evidence', verdict.evidence)}${list('Warnings', verdict.warnings)}</div>
</section>
`;
}

/** Objectives with what was measured. */
export function objectivesSection({ objectives }: Result): Html | null {
  if (objectives.length === 0) return null;
  return html`<section>
<h2>Objectives</h2>
${table<ObjectiveResult>(
  'Service-level objectives',
  [
    { title: 'objective', value: ({ text }) => html`<code>${text}</code>` },
    {
      title: 'measured',
      numeric: true,
      value: (objective) => formatValue(objective.value, unitOf(objective)),
    },
    { title: 'limit', numeric: true, value: (objective) => formatValue(objective.limit, unitOf(objective)) },
    {
      title: 'holds',
      value: ({ holds }) => html`<span class="${holds ? 'good' : 'bad'}">${holds ? '✓ yes' : '✗ no'}</span>`,
    },
  ],
  objectives,
)}
</section>
`;
}

function unitOf({ figure, metric }: ObjectiveResult): string {
  if (metric !== null) return 's';
  return figure.endsWith('_percent') ? '%' : '';
}
