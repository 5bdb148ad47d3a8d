/** Clones that an answer lists one by one, unless asked for more: Bolt prints each of them, as JSON over many lines. */
const LISTED_MAX = 200;

/** The clones that an answer lists. */
export interface Listing<Clone> {
  readonly clones: readonly Clone[];
  /** What is not listed, and how to see it. */
  readonly note?: string;
}

/**
 * All clones if they are few or all are asked for; of many those that need someone, up to a number that can be read.
 *
 * @param which - what those are that need someone
 */
export function listedClones<Clone>(
  all: readonly Clone[],
  needsAttention: (clone: Clone) => boolean,
  which: string,
  detail: boolean,
): Listing<Clone> {
  if (detail || all.length <= LISTED_MAX) return { clones: all };
  const clones = all.filter(needsAttention).slice(0, LISTED_MAX);
  const note = `${clones.length} of ${all.length} clones are listed: ${which}, ${LISTED_MAX} at most. detail=true lists all, clones=<first>-<last> some of them`;
  return { clones, note };
}
