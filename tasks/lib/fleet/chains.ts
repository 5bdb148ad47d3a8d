/**
 * Clones in the order in which systemd is to be told of them.
 *
 * As long as jobs are pending for all of a chain, systemd lets no two of it change at once.
 */
export type Chain<Clone> = readonly Clone[];

/** What is handed to systemd, and how many chains of it may be under way at once. */
export interface Plan<Clone> {
  readonly chains: readonly Chain<Clone>[];
  readonly concurrency: number;
}

/** Clones that may be going down at once, for each lane: that takes a fraction of what booting does. */
const STOPS_PER_LANE = 16;

/**
 * Deals clones into chains of which one clone each boots at a time, and lets as many be under way as there are lanes.
 *
 * systemd has a clone wait for the one before it in its lane, where that is about to start too. So neighbours in a lane
 * make a chain, and a gap ends it. Clones of which few are neighbours would leave lanes empty; there, clones in the
 * middle of chains are put off, which makes two of one.
 *
 * @param positions - of the clones in the fleet, in ascending order
 */
export function startPlan(positions: readonly number[], lanes: number): Plan<number> {
  const ending = new Map<number, number[]>();
  const chains: number[][] = [];
  for (const position of positions) {
    const chain = ending.get(position - lanes) ?? [];
    if (chain.length === 0) chains.push(chain);
    ending.set(position, chain);
    chain.push(position);
  }

  const putOff: number[][] = [];
  while (chains.length < lanes) {
    const longest = chains.reduce((a, b) => (b.length > a.length ? b : a), []);
    if (longest.length < 3) break;
    const [middle, ...after] = longest.splice(Math.floor(longest.length / 2)) as [number, ...number[]];
    chains.push(after);
    putOff.push([middle]);
  }
  return { chains: [...chains, ...putOff], concurrency: lanes };
}

/**
 * Each clone by itself, from the end of the fleet, so that hardly any finds a neighbour of its lane under way, which it
 * would wait for: every other round of the lanes first, and those between them after.
 *
 * @param positions - of the clones in the fleet, in ascending order
 */
export function stopPlan(positions: readonly number[], lanes: number): Plan<number> {
  const backwards = [...positions].reverse();
  const isBetween = (position: number) => Math.floor(position / lanes) % 2 === 1;
  const order = [...backwards.filter((position) => !isBetween(position)), ...backwards.filter(isBetween)];
  return { chains: order.map((position) => [position]), concurrency: lanes * STOPS_PER_LANE };
}
