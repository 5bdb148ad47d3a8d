/**
 * Clones that are submitted to systemd together, in order.
 *
 * While all jobs of a chain are pending, the ordering of units makes systemd change one clone of the chain at a time.
 */
export type Chain<Clone> = readonly Clone[];

/** Chains in the order of submission. */
export interface Plan<Clone> {
  readonly chains: readonly Chain<Clone>[];
  /** Maximum number of chains in progress at the same time. */
  readonly concurrency: number;
}

/** Number of clones per lane that stop at the same time. Stopping takes a fraction of the resources of booting. */
const STOPS_PER_LANE = 8;

/**
 * Plans a start in which at most one clone per lane boots at a time.
 *
 * Each clone is ordered after its predecessor in the lane, but only waits for it if that is starting, too. Therefore a
 * chain consists of consecutive clones of a lane, and ends at a gap. If there are fewer chains than lanes, the longest
 * chains are split: the clone in the middle is moved to the end of the plan, which leaves a chain on either side.
 *
 * @param positions - positions of the clones in the fleet, in ascending order
 */
export function startPlan(positions: readonly number[], lanes: number): Plan<number> {
  const chainByLastPosition = new Map<number, number[]>();
  const chains: number[][] = [];
  for (const position of positions) {
    const chain = chainByLastPosition.get(position - lanes) ?? [];
    if (chain.length === 0) chains.push(chain);
    chainByLastPosition.set(position, chain);
    chain.push(position);
  }

  const deferred: number[][] = [];
  while (chains.length < lanes) {
    const longest = chains.reduce((a, b) => (b.length > a.length ? b : a), []);
    if (longest.length < 3) break;
    const [middle, ...after] = longest.splice(Math.floor(longest.length / 2)) as [number, ...number[]];
    chains.push(after);
    deferred.push([middle]);
  }
  return { chains: [...chains, ...deferred], concurrency: lanes };
}

/**
 * Plans a stop in which each clone is a chain of its own, in reverse fleet order.
 *
 * Neighbours in a lane would wait for each other. To avoid this, every other row (one clone of each lane) stops first,
 * and the rows between them follow.
 *
 * @param positions - positions of the clones in the fleet, in ascending order
 */
export function stopPlan(positions: readonly number[], lanes: number): Plan<number> {
  const reversed = [...positions].reverse();
  const isInOddRow = (position: number) => Math.floor(position / lanes) % 2 === 1;
  const order = [...reversed.filter((position) => !isInOddRow(position)), ...reversed.filter(isInOddRow)];
  return { chains: order.map((position) => [position]), concurrency: lanes * STOPS_PER_LANE };
}

/**
 * Plans a rolling change, in which at most one clone per lane is down at a time: each clone is a chain of its own, in
 * fleet order.
 *
 * @param positions - positions of the clones in the fleet, in ascending order
 */
export function rollingPlan(positions: readonly number[], lanes: number): Plan<number> {
  return { chains: positions.map((position) => [position]), concurrency: lanes };
}
