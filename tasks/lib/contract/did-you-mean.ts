import { distance } from 'fastest-levenshtein';

/** Slips of the keyboard between what was written and what it may have been meant to be. */
const SLIPS_MAX = 2;

const SHOWN_MAX = 3;

/** `; did you mean "clone1"?`, if something near is known, and nothing otherwise. */
export function didYouMean(text: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, slips: distance(text, name) }))
    .filter(({ name, slips }) => slips <= SLIPS_MAX && slips < name.length)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, SHOWN_MAX)
    .map(({ name }) => `"${name}"`);
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
}
