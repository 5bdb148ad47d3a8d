import { isDeepStrictEqual } from 'node:util';
import type { Reduced } from '../../model/load/reduced.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';

/**
 * Checks that these are parts of one test, at most one of each host.
 *
 * @throws TaskError `bad-input` that names the hosts which differ
 */
export function checkSame(hosts: readonly Reduced[]): asserts hosts is readonly [Reduced, ...Reduced[]] {
  const [first, ...others] = hosts;
  if (first === undefined)
    throw new TaskError('bad-input', 'There is no result of any host: collect one first');
  for (const other of others) {
    const both = `${nameOf(first)} and ${nameOf(other)}`;
    if (other.id !== first.id) {
      throw new TaskError(
        'bad-input',
        `${both} have results of different tests, ${first.id} and ${other.id}: merge only those of one test`,
      );
    }
    for (const part of ['profile', 'roster'] as const) {
      if (!isDeepStrictEqual(other[part], first[part])) {
        throw new TaskError(
          'bad-input',
          `${both} ran test ${first.id} with different ${part}s: run the test again`,
        );
      }
    }
  }
  const twice = hosts.find(({ host }, index) => hosts.findIndex((other) => other.host === host) !== index);
  if (twice !== undefined) {
    throw new TaskError('bad-input', `There are two results of ${nameOf(twice)}: remove one of them`);
  }
}

/** Certname of the host that a part is of. */
export function nameOf({ roster, host }: Reduced): string {
  return roster.hosts[host]?.name ?? `host ${host}`;
}
