/** Maximum length of a quotation. */
const QUOTED_MAX = 120;

/** JSON does not escape DEL and the C1 control characters, which some terminals interpret. */
const CONTROLS = /\p{Cc}/gu;

/** Formats a value as JSON for a message: on one line, without control characters, shortened if it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value).replace(
    CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length <= QUOTED_MAX ? text : `${text.slice(0, QUOTED_MAX - 1)}…`;
}
