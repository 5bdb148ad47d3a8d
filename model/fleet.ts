/** Ways in which agents run in the clones. */
export const RUN_MODES = ['service', 'timer'] as const;

/** One of {@link RUN_MODES}. */
export type RunMode = (typeof RUN_MODES)[number];

/** Clones `<prefix><first>` to `<prefix><first + count - 1>`, all on one base image. */
export interface Group {
  readonly base: string;
  readonly prefix: string;
  readonly first: number;
  readonly count: number;
}

/** What `fleet.json` says: written by Puppet, read by systemd's generator and by the tasks. */
export interface Fleet {
  /** Version of this layout. */
  readonly version: 1;
  /** Certname of the host; clones are `<clone>.<host>`. */
  readonly host: string;
  /** Certname of the server that the clones check in with. */
  readonly server: string;
  readonly run_mode: RunMode;
  /** Seconds from one run of a clone's agent to the next, in mode `timer`. */
  readonly run_interval: number;
  /** Whether, in mode `timer`, a clone's agent also runs when the clone has booted. */
  readonly run_immediately: boolean;
  /** How many clones may be starting at once. */
  readonly lanes: number;
  readonly groups: readonly Group[];
}

/** A clone and the base image under it. */
export interface Clone {
  readonly name: string;
  readonly base: string;
}

/** Every clone of a fleet, in the order of the groups and of the numbers in each. */
export function clonesOf(fleet: Fleet): Clone[] {
  return fleet.groups.flatMap(({ base, prefix, first, count }) =>
    Array.from({ length: count }, (_, i) => ({ name: `${prefix}${first + i}`, base })),
  );
}
