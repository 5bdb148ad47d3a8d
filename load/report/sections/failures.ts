import type { Result } from '../../../model/load/result.ts';
import { formatElapsed, words } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../table.ts';

/** First failures, with what the agents said. */
export function failuresSection({ failures, begin }: Result): Html | null {
  if (failures.length === 0) return null;
  const start = Date.parse(begin);
  return html`<section>
<h2>Failures</h2>
${table<Result['failures'][number]>(
  'First failures of each load host',
  [
    { title: 'clone', value: ({ clone }) => clone },
    { title: 'time', numeric: true, value: ({ at }) => formatElapsed(Math.max(0, at - start) / 1000) },
    { title: 'outcome', value: ({ outcome }) => words(outcome) },
    { title: 'HTTP', numeric: true, value: ({ status }) => status ?? '-' },
    { title: 'message', value: ({ message }) => html`<span class="message">${message}</span>` },
  ],
  failures,
)}
</section>
`;
}
