import type { ObjectiveResult, Result, Verdict } from '../../../model/load/result.ts';
import { formatValue } from '../format.ts';
import { type Html, html } from '../html.ts';
import { unitOf } from '../objective-unit.ts';
import { table } from '../table.ts';
import { list } from './list.ts';

/** The verdict: what it is, why, and what makes it worth less. Its text names the bottleneck. */
export function verdictSection({ verdict, hosts }: Result): Html {
  const word = wordOf(verdict, hosts);
  return html`<section class="verdict ${word}" aria-label="Verdict">
<p class="word" id="verdict">${word}</p>
<div>
<p class="text">${verdict.text}</p>
${list('Evidence', verdict.evidence)}${list('Warnings', verdict.warnings)}</div>
</section>
`;
}

function wordOf({ passed, refused }: Verdict, hosts: Result['hosts']): string {
  if (hosts.some(({ state }) => state === 'running')) return 'running';
  if (refused) return 'refused';
  return passed ? 'passed' : 'failed';
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
      value: ({ figure, value }) => formatValue(value, unitOf(figure)),
    },
    { title: 'limit', numeric: true, value: ({ figure, limit }) => formatValue(limit, unitOf(figure)) },
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
