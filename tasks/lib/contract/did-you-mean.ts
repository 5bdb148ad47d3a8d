import { distance } from 'fastest-levenshtein';

/** Maximum edit distance of a suggestion. */
const DISTANCE_MAX = 2;

const SHOWN_MAX = 3;

/** Returns ` (did you mean "clone1"?)`, or an empty string if no known name is similar. */
export function didYouMean(text: string, known: readonly string[]): string {
  const similar = known
    .map((name) => ({ name, edits: distance(text, name) }))
    .filter(({ name, edits }) => edits <= DISTANCE_MAX && edits < name.length)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, SHOWN_MAX)
    .map(({ name }) => `"${name}"`);
  return similar.length === 0 ? '' : ` (did you mean ${similar.join(' or ')}?)`;
}
