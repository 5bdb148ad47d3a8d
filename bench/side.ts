/** One way to run clones, with the operations that the benchmark measures. Each fleet has its own clone names. */
export interface Side {
  /** Its column in the table. */
  readonly name: AnySideName;
  /** Names of the clones of a fleet. */
  names(clones: number): string[];
  /** Applies the catalog by `puppet apply` on the host. */
  apply(clones: number): Promise<Applied>;
  /** Starts all clones as fast as the side can. Returns the seconds until no clone is starting any more. */
  start(clones: number): Promise<number>;
  /** Queries the fleet as an operator would. Returns the seconds that it takes. */
  status(): Promise<number>;
  /** Stops all clones. Returns the seconds until they have stopped. */
  stop(clones: number): Promise<number>;
  /** Name of a clone's service. */
  unit(clone: string): string;
  /** Units of the host, in its slice system.slice, that work for agent runs. */
  readonly helpers: readonly string[];
  /** A command on the host that runs a clone's agent once and waits for it. */
  runAgent(clone: string): string;
  /** Removes the fleet and everything that was set up for it, except the base image. */
  remove(): Promise<void>;
}

/** All sides, in the order of the table's columns. */
export const SIDES = ['plain', 'service', 'service, shared memory', 'timer', 'timer, preloaded'] as const;

/** Ways of this module to run clones, at an earlier revision. */
export const EARLIER_SIDES = ['service, earlier', 'timer, earlier'] as const;

export type SideName = (typeof SIDES)[number];

/** Also of sides that are measured, but not published. */
export type AnySideName = SideName | (typeof EARLIER_SIDES)[number];

/** The result of an apply. */
export interface Applied {
  readonly seconds: number;
  readonly changed: boolean;
}
