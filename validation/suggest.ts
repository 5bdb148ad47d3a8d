import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that was probably meant, or undefined if none is close. Tolerates one edit plus one for every three
 * characters.
 */
export function suggest(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(text, candidates);
  return distance(text, nearest) <= 1 + Math.floor(text.length / 3) ? nearest : undefined;
}
