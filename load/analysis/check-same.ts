import { isDeepStrictEqual } from 'node:util';
import type { Reduced } from '../../model/load/reduced.ts';

/** Hosts whose parts do not belong together. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/**
 * Checks that these are parts of one test, at most one of each host.
 *
 * @throws MergeError that names the hosts which differ
 */
export function checkSame(hosts: readonly Reduced[]): asserts hosts is readonly [Reduced, ...Reduced[]] {
  const [first, ...others] = hosts;
  if (first === undefined) throw new MergeError('There is no result of any host: collect one first');
  for (const other of others) {
    const both = `${nameOf(first)} and ${nameOf(other)}`;
    if (other.id !== first.id) {
      throw new MergeError(
        `${both} have results of different tests, ${first.id} and ${other.id}: merge only those of one test`,
      );
    }
    for (const part of ['profile', 'roster'] as const) {
      if (!isDeepStrictEqual(other[part], first[part])) {
        throw new MergeError(`${both} ran test ${first.id} with different ${part}s: run the test again`);
      }
    }
  }
  const twice = hosts.find(({ host }, index) => hosts.findIndex((other) => other.host === host) !== index);
  if (twice !== undefined) {
    throw new MergeError(`There are two results of ${nameOf(twice)}: remove one of them`);
  }
}

/** Certname of the host that a part is of. */
export function nameOf({ roster, host }: Reduced): string {
  return roster.hosts[host]?.name ?? `host ${host}`;
}
