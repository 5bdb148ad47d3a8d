/** One line of `samples.ndjson`. `at` is in milliseconds since 1970. */
export type Sample = HostSample | ServerSample | PuppetdbSample;

/** The state of a load host. */
export interface HostSample {
  readonly kind: 'host';
  readonly at: number;
  /** Share of the time since the last sample in which some task waited, from 0 to 1 (/proc/pressure). */
  readonly pressure: { readonly cpu: number; readonly memory: number; readonly io: number } | null;
  /** Share of the processors' time that was used, from 0 to 1. */
  readonly cpu: number;
  readonly processors: number;
  /** Bytes. */
  readonly memoryAvailable: number;
  readonly memoryTotal: number;
  /** Runnable tasks. */
  readonly runnable: number;
  /** Agent runs of the test in progress. */
  readonly running: number;
  /** TCP segments sent again, and errors and drops of network interfaces, since the last sample. */
  readonly retransmits: number;
  readonly networkErrors: number;
  /** CPU seconds that the driver has used since it began. */
  readonly driverCpu: number;
}

/** The route under which the server counts all borrows once more. */
export const ALL_ROUTES = 'total';

/** The state of a Puppet server, by its status API. With `error`, it did not answer, and all figures are missing. */
export interface ServerSample {
  readonly kind: 'server';
  readonly at: number;
  readonly error?: string;
  /** Milliseconds that the answer took. */
  readonly took: number;
  readonly version?: string;
  /** Seconds since the server process began. */
  readonly uptime?: number;
  readonly jrubies?: {
    readonly total: number;
    readonly free: number;
    readonly requested: number;
    /** Milliseconds, averages of the server. */
    readonly meanBorrow: number;
    readonly meanWait: number;
    readonly borrowed: number;
    readonly borrowTimeouts: number;
    readonly queueLimitHits: number;
  };
  /** Borrows by route: number since the server began, and mean of the last minutes in milliseconds. {@link ALL_ROUTES} has all. */
  readonly routes?: Readonly<Record<string, { readonly count: number; readonly mean: number }>>;
  /** HTTP requests by route, likewise. */
  readonly requests?: Readonly<Record<string, { readonly count: number; readonly mean: number }>>;
  /** Compiled catalogs, likewise. */
  readonly compiles?: { readonly count: number; readonly mean: number };
  /** Bytes. */
  readonly heap?: { readonly used: number; readonly committed: number; readonly max: number };
  /** Shares of the time, from 0 to 1. */
  readonly cpu?: number;
  readonly gcCpu?: number;
}

/** The state of PuppetDB, where there is one. */
export interface PuppetdbSample {
  readonly kind: 'puppetdb';
  readonly at: number;
  readonly error?: string;
  /** Commands that wait. PuppetDB tells everybody no more than that. */
  readonly queueDepth?: number;
}
