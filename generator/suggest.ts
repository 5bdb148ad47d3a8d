import { closest, distance } from 'fastest-levenshtein';

/** The candidate that the text was probably meant to be, if one is near: two letters swapped, or a slip in every third. */
export function suggest(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(text, candidates);
  return distance(text, nearest) <= 1 + Math.floor(text.length / 3) ? nearest : undefined;
}
