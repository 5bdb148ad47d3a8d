import { CST, Lexer } from 'yaml';

/** Maximum nesting of lists and maps: more than anybody writes, and less than a recursive parser can take. */
export const DEPTH_MAX = 64;

/** Columns of indentation that this nesting can take. */
const INDENTATION_MAX = 4 * DEPTH_MAX;

const OPENING = ['flow-map-start', 'flow-seq-start'];
const CLOSING = ['flow-map-end', 'flow-seq-end'];
/** Begin a nested list or map on the same line: `- - ? - x`. */
const INDICATORS = ['seq-item-ind', 'explicit-key-ind', 'map-value-ind'];

/** Index in a YAML text where lists and maps are nested too deeply to be parsed; undefined if they never are. */
export function tooDeepAt(text: string): number | undefined {
  let [offset, brackets, indicators] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token) as string;
    if (OPENING.includes(type)) brackets += 1;
    else if (CLOSING.includes(type)) brackets = Math.max(0, brackets - 1);
    else if (type === 'newline') indicators = 0;
    else if (INDICATORS.includes(type) && brackets === 0) indicators += 1;
    const indented = type === 'space' && indicators === 0 && token.length > INDENTATION_MAX;
    if (brackets > DEPTH_MAX || indicators > DEPTH_MAX || indented) return offset;
    // The lexer marks documents and scalars by control characters that are not in the text.
    if (text.startsWith(token, offset)) offset += token.length;
  }
  return undefined;
}
