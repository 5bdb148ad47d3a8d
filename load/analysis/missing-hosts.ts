import type { Reduced, ReducedWindow } from '../../model/load/reduced.ts';
import { basesOf, type RosterHost } from '../../model/load/roster.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { RunWindows } from './run-windows.ts';
import type { Windows } from './windows.ts';

/** A host of the roster of which there is no result. Its planned arrivals count as held back. */
export interface MissingHost {
  readonly host: RosterHost;
  readonly windows: readonly ReducedWindow[];
}

/**
 * Finds the hosts of the roster of which there is no result.
 *
 * @param duration - milliseconds that the test lasted: arrivals after that do not count
 */
export function missingHosts(
  [first, ...others]: readonly [Reduced, ...Reduced[]],
  windows: Windows,
  duration: number,
): MissingHost[] {
  const { profile, roster, host: index } = first;
  const known = new Set([index, ...others.map(({ host }) => host)]);
  const missing = new Map(
    roster.hosts.flatMap((host, number) =>
      known.has(number) ? [] : [[number, { host, bases: basesOf(host), runs: new RunWindows(windows, 0) }]],
    ),
  );
  if (missing.size === 0) return [];
  // One pass for all of them: a schedule may have millions of arrivals.
  for (const { at, clone, host } of arrivals(profile, roster)) {
    if (at >= duration) break;
    const of = missing.get(host);
    of?.runs.addArrival(of.bases[clone] as string, at, 'held_back');
  }
  return [...missing.values()].map(({ host, runs }) => ({ host, windows: runs.reduced() }));
}
