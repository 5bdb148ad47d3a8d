/** The first syntax error of a JSON text. */
export interface JsonError {
  readonly message: string;
  /** Index into the text. */
  readonly offset: number;
}

/** The first syntax error of a text, or undefined if it is valid JSON. */
export function jsonError(text: string): JsonError | undefined {
  const message = errorOf(text);
  if (message === undefined) return undefined;
  return { message, offset: isCutOff(text, message) ? text.length : firstOffset(text) };
}

/**
 * Finds the position of the error by binary search, because only some of the parser's messages contain it. Text that
 * ends before the error is a valid beginning of JSON, and text that ends after it is not.
 */
function firstOffset(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const start = text.slice(0, middle);
    const error = errorOf(start);
    if (error === undefined || isCutOff(start, error)) good = middle;
    else bad = middle;
  }
  return good;
}

function errorOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

/** Whether the text is only incomplete. */
function isCutOff(text: string, error: string): boolean {
  return /end of JSON|^Unterminated/.test(error) || error.includes(`at position ${text.length}`);
}
