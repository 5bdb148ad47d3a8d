import type { Roster } from '../../model/load/roster.ts';
import { PURPOSE, randomOf, shuffled } from './random.ts';

/** An order of clones. Both arrays have an entry for each clone. */
export interface CloneOrder {
  /** Indexes in the roster. */
  readonly hosts: Uint32Array;
  /** Indexes among the clones of the host. */
  readonly clones: Uint32Array;
}

/** A part of a whole, of which some is taken. */
interface Share {
  readonly size: number;
  taken: number;
}

interface HostShare extends Share {
  readonly index: number;
  readonly groups: readonly GroupShare[];
}

interface GroupShare extends Share {
  /** Clones in a random order, as indexes among the clones of the host. */
  readonly clones: Uint32Array;
  /** All clones of the base image, on all hosts. */
  readonly base: Share;
}

/** Less than any two different shares differ by, so that chance decides between equals only. */
const CHANCE = 1e-6;

/**
 * An order in which clones take turns. Every stretch of it contains hosts, and base images, in proportion to their
 * clones: with equal hosts, as many neighbours as there are hosts are all on different ones.
 *
 * Chance decides between base images that are equally due. If two of them took turns at even gaps, what happens at even
 * gaps beside the test, such as a sample every five seconds, would always meet the same one.
 *
 * @param bases - Base images whose clones take part; null for all
 * @throws RangeError if no clone takes part
 */
export function cloneOrder(roster: Roster, bases: readonly string[] | null, seed: number): CloneOrder {
  const hosts = hostShares(roster, bases, seed);
  const total = hosts.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) throw new RangeError(nobody(roster, bases));

  const random = randomOf(seed, PURPOSE.groups);
  const order = { hosts: new Uint32Array(total), clones: new Uint32Array(total) };
  for (let i = 0; i < total; i++) {
    const behind = (share: Share) => behindBy(share, i, total);
    const host = largest(hosts, behind);
    // A group has to keep up with the others of its host, and its base image with those of all hosts.
    const group = largest(host.groups, (share) =>
      share.taken === share.size
        ? Number.NEGATIVE_INFINITY
        : behindBy(share, host.taken, host.size) + behind(share.base) + CHANCE * random(),
    );
    order.hosts[i] = host.index;
    order.clones[i] = group.clones[group.taken] as number;
    for (const share of [host, group, group.base]) share.taken += 1;
  }
  return order;
}

/** How much less than its due the share would have after one more is taken from the whole. */
function behindBy({ size, taken }: Share, takenOfAll: number, all: number): number {
  return (size * (takenOfAll + 1)) / all - taken;
}

/** The item with the largest value; the first of equals. */
function largest<T>(items: readonly T[], measure: (item: T) => number): T {
  let [best, most] = [items[0] as T, Number.NEGATIVE_INFINITY];
  for (const item of items) {
    const value = measure(item);
    if (value > most) [best, most] = [item, value];
  }
  return best;
}

/** Hosts with clones that take part, in a random order, which decides between equals. */
function hostShares({ hosts }: Roster, bases: readonly string[] | null, seed: number): HostShare[] {
  const sharesOfBases = new Map<string, { size: number; taken: number }>();
  const shares = hosts.map(({ groups }, index): HostShare => {
    let first = 0;
    const taking = groups.flatMap(({ base, clones }, i): GroupShare[] => {
      const offset = first;
      first += clones;
      if (clones === 0 || (bases !== null && !bases.includes(base))) return [];
      const ofBase = sharesOfBases.get(base) ?? { size: 0, taken: 0 };
      ofBase.size += clones;
      sharesOfBases.set(base, ofBase);
      const order = shuffled(clones, randomOf(seed, PURPOSE.clones, index, i)).map((clone) => offset + clone);
      return [{ size: clones, taken: 0, clones: order, base: ofBase }];
    });
    return { index, groups: taking, size: taking.reduce((sum, { size }) => sum + size, 0), taken: 0 };
  });
  const turns = shuffled(shares.length, randomOf(seed, PURPOSE.hosts));
  return [...turns].map((index) => shares[index] as HostShare).filter(({ size }) => size > 0);
}

function nobody({ hosts }: Roster, bases: readonly string[] | null): string {
  const which = bases === null ? '' : ` of base images ${bases.join(', ')}`;
  const names = hosts.map(({ name }) => name).join(', ') || 'no host';
  return `No running clones${which} on ${names}: start some first`;
}
