/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, markup is not; null, undefined and false give nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Template tag: makes markup of a template, with all values in it escaped. Attributes must have double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.map((text, index) => text + textOf(values[index])).join(''));
}

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escapeText(visible(String(content)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** Control and format characters, of which some reverse or hide text. Line feeds and tabs are harmless. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** Makes control characters visible: root in a clone decides on names and messages. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`);
}

/** Significant digits of embedded numbers: more than a chart can show. */
const DIGITS = 7;

/** Embeds data for a script, as JSON in which no markup can begin or end. */
export function jsonScript(id: string, data: unknown): Html {
  const json = JSON.stringify(data, (_, value) => {
    if (typeof value === 'number') return Number(value.toPrecision(DIGITS));
    return typeof value === 'string' ? visible(value) : value;
  });
  return html`<script type="application/json" id="${id}">${new Html(json.replace(/</g, '\\u003c'))}</script>`;
}
