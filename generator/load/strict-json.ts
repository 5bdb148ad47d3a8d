/** What keeps a text from being JSON, and where that shows. */
export interface JsonError {
  readonly message: string;
  readonly offset: number;
}

/** @returns Undefined, if the text is JSON */
export function jsonError(text: string): JsonError | undefined {
  const message = errorOf(text);
  if (message === undefined) return undefined;
  return { message, offset: isCutOff(text, message) ? text.length : firstOffset(text) };
}

/**
 * The parser names the place in some of its messages only. But all text before the mistake is the beginning of
 * something correct, and no text beyond it is, so the place can be found by halving.
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

/** Whether the text would be JSON if only it went on. */
function isCutOff(text: string, error: string): boolean {
  return /end of JSON|^Unterminated/.test(error) || error.includes(`at position ${text.length}`);
}
