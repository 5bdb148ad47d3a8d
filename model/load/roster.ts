import type { Profile } from './profile.ts';

/** The running clones that take part in a test. */
export interface Roster {
  readonly hosts: readonly RosterHost[];
}

/** The clones of one load host, by base image. */
export interface RosterHost {
  /** Certname of the host. */
  readonly name: string;
  readonly groups: readonly RosterGroup[];
}

/** Clones that share a base image. They are numbered through all groups of their host, from 0. */
export interface RosterGroup {
  readonly base: string;
  readonly clones: number;
}

/** Base images of a host's clones, by the clones' numbers. A host that is not in the roster has none. */
export function basesOf(host: RosterHost | undefined): string[] {
  return (host?.groups ?? []).flatMap(({ base, clones }) => Array<string>(clones).fill(base));
}

/** A planned run. */
export interface Arrival {
  /** Number in the test, over all hosts, in order of time. */
  readonly number: number;
  /** Milliseconds since the test began. */
  readonly at: number;
  /** Index in the profile. */
  readonly phase: number;
  /** Index in the roster. */
  readonly host: number;
  /** Index among the clones of the host. */
  readonly clone: number;
}

/** Everything that a driver needs to know of a test. `plan.json` in the test's folder. */
export interface TestPlan {
  readonly version: 1;
  /** Name of the test: letters, digits and hyphens. */
  readonly id: string;
  readonly profile: Profile;
  readonly roster: Roster;
  /** Index of this host in the roster. */
  readonly host: number;
  /** Names of this host's clones, in the order of their numbers. */
  readonly clones: readonly string[];
  /** Name of the Puppet server. */
  readonly server: string;
  /** Begin of the first phase, in milliseconds since 1970 by this host's clock. */
  readonly begin: number;
  /** Milliseconds by which this host's clock is ahead of the server's, and how uncertain that is; null if unknown. */
  readonly clock: { readonly offset: number; readonly uncertainty: number } | null;
  /** Whether this host samples the server's state. */
  readonly samplesServer: boolean;
  /** Maximum number of runs at a time on this host. */
  readonly concurrency: number;
}
