/** Maximum length of a text that root in a clone can write. */
const TEXT_MAX = 255;

/** Control characters, which terminals interpret. */
const CONTROLS = /\p{Cc}/gu;

/** Makes a text from a clone fit for an answer: on one line, without control characters, of limited length. */
export function plainText(text: string, max = TEXT_MAX): string {
  return text.slice(0, max).replace(CONTROLS, '');
}
