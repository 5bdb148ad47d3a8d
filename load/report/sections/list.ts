import { type Html, html } from '../html.ts';

/** Titled list; nothing if it is empty. */
export function list(title: string, items: readonly string[]): Html | null {
  if (items.length === 0) return null;
  return html`<h3>${title}</h3>
<ul class="${title.toLowerCase()}">${items.map((item) => html`<li>${item}</li>`)}</ul>
`;
}
