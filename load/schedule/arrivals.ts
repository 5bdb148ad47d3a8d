import type { Profile } from '../../model/load/profile.ts';
import type { Arrival, Roster } from '../../model/load/roster.ts';
import { cloneOrder } from './order.ts';
import { timesOf } from './times.ts';

/**
 * The schedule of a test: all arrivals on all hosts, in order of time. The same profile and roster give the same schedule
 * on every host.
 *
 * Clones take turns throughout the test, so each of them rests as long as possible between its runs, and each runs once
 * in an interval or a herd. Computed on demand: memory depends on the number of clones, not on that of arrivals.
 *
 * @throws RangeError if no clone takes part
 */
export function* arrivals(profile: Profile, roster: Roster): Generator<Arrival> {
  const { hosts, clones } = cloneOrder(roster, profile.bases, profile.seed);
  let [number, begin] = [0, 0];
  for (const [phase, { length }] of profile.phases.entries()) {
    for (const time of timesOf(profile, phase, clones.length)) {
      const turn = number % clones.length;
      yield {
        number,
        at: begin + time,
        phase,
        host: hosts[turn] as number,
        clone: clones[turn] as number,
      };
      number += 1;
    }
    begin += length;
  }
}

/**
 * The arrivals on one host.
 *
 * @param host - Index in the roster
 */
export function* arrivalsOf(profile: Profile, roster: Roster, host: number): Generator<Arrival> {
  for (const arrival of arrivals(profile, roster)) if (arrival.host === host) yield arrival;
}
