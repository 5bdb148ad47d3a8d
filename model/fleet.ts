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

/** Content of `fleet.json`, which Puppet writes for the systemd generator and the tasks. */
export interface Fleet {
  /** Version of the file format. */
  readonly version: 1;
  /** Certname of the host. The certname of a clone is `<clone>.<host>`. */
  readonly host: string;
  /** Certname of the server that the clones check in with. */
  readonly server: string;
  readonly run_mode: RunMode;
  /** Seconds between two agent runs in a clone, in mode `timer`. */
  readonly run_interval: number;
  /** Whether the agent also runs once after each boot of its clone, in mode `timer`. */
  readonly run_immediately: boolean;
  /** Maximum number of clones that boot at the same time. */
  readonly lanes: number;
  /** Number of agent runs that the processors handle at the same time. Earlier versions of the module did not write it. */
  readonly concurrent_runs?: number;
  /** Name of the layer below the base images. Earlier versions of the module did not write it. */
  readonly layer?: string;
  readonly groups: readonly Group[];
}

/** A clone and its base image. */
export interface Clone {
  readonly name: string;
  readonly base: string;
}

/** All clones of a fleet, ordered by group and number. */
export function clonesOf(fleet: Fleet): Clone[] {
  return fleet.groups.flatMap(({ base, prefix, first, count }) =>
    Array.from({ length: count }, (_, i) => ({ name: `${prefix}${first + i}`, base })),
  );
}

/** Number of agent runs that the processors of the host handle at the same time. */
export function concurrentRuns({ concurrent_runs, lanes }: Fleet): number {
  return concurrent_runs ?? lanes;
}
