import type { Phase, Profile, Stream } from '../../model/load/profile.ts';
import type { Roster } from '../../model/load/roster.ts';

/** A phase of one minute with these streams. */
export function phaseOf(streams: readonly Stream[], more: Partial<Phase> = {}): Phase {
  return { name: 'phase', length: 60_000, warmUp: 0, coolDown: 0, streams, ...more };
}

/** A profile with these phases. */
export function profileOf(phases: readonly Phase[], more: Partial<Profile> = {}): Profile {
  return {
    name: 'test',
    seed: 1,
    phases,
    slo: [],
    timeout: 600,
    arrivals: 'even',
    bases: null,
    workload: { facts: null, agentOptions: [], churn: 0 },
    ...more,
  };
}

/** A roster of hosts, each with these numbers of clones by base image. */
export function rosterOf(...hosts: readonly Readonly<Record<string, number>>[]): Roster {
  return {
    hosts: hosts.map((groups, i) => ({
      name: `host${i + 1}`,
      groups: Object.entries(groups).map(([base, clones]) => ({ base, clones })),
    })),
  };
}
