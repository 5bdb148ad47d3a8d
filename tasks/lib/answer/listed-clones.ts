/** Maximum number of clones in an answer unless all are requested. Bolt prints several lines of JSON for each clone. */
export const LISTED_MAX = 200;

/** Such as "1 clone" and "2 clones". */
export function counted(clones: number): string {
  return `${clones} ${clones === 1 ? 'clone' : 'clones'}`;
}

/** Clones that an answer lists. */
export interface Listing<Clone> {
  readonly clones: readonly Clone[];
  /** How many clones are not listed, and how to see them; absent if all are listed. */
  readonly note?: string;
}

/**
 * Selects the clones to list: all of them if there are few or if `detail` is set, otherwise those that need attention.
 *
 * @param which - describes the clones that need attention
 */
export function listedClones<Clone>(
  all: readonly Clone[],
  needsAttention: (clone: Clone) => boolean,
  which: string,
  detail: boolean,
): Listing<Clone> {
  if (detail || all.length <= LISTED_MAX) return { clones: all };
  const clones = all.filter(needsAttention).slice(0, LISTED_MAX);
  const note = `${clones.length} of ${all.length} clones are listed: ${which} (at most ${LISTED_MAX}). Use detail=true to list all, or clones=<first>-<last> to select a range`;
  return { clones, note };
}
