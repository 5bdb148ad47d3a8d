import type { Metric, Profile } from './profile.ts';
import type { Outcome } from './record.ts';
import type { Roster } from './roster.ts';
import type { PuppetdbSample, ServerSample } from './sample.ts';

/** A histogram of milliseconds, in the encoding of HdrHistogram (compressed, base64). */
export type EncodedHistogram = string;

/**
 * What one host contributes to a result: its records and samples, reduced to windows of equal length. `reduced.json.gz`.
 * Its size depends on the number of windows and not on that of runs.
 */
export interface Reduced {
  readonly version: 1;
  readonly id: string;
  readonly profile: Profile;
  readonly roster: Roster;
  /** Index in the roster. */
  readonly host: number;
  /** State in which the test ended on this host, as in `Progress`; `running` if it has not. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly begin: number;
  /** Milliseconds since 1970 until which the test ran: less than planned if it was stopped. */
  readonly end: number;
  readonly clock: { readonly offset: number; readonly uncertainty: number } | null;
  /** Versions and machine: kernel, systemd, processors, memory, agent version by base image. */
  readonly about: {
    readonly os: string;
    readonly kernel: string;
    readonly systemd: string;
    readonly processors: number;
    readonly memory: number;
    readonly agents: Readonly<Record<string, string>>;
  };
  /** Milliseconds. A window is shorter only if a warm-up, cool-down or phase ends in it. */
  readonly windowLength: number;
  /** Only windows in which a run arrived or ended well. Runs that end after the last phase have windows there. */
  readonly windows: readonly ReducedWindow[];
  /** Milliseconds by which runs started after their arrival. */
  readonly lateness: EncodedHistogram;
  /** Figures of the load host by window: means, except for the smallest `memoryAvailable` and the sums of errors. */
  readonly hostSamples: readonly HostWindow[];
  /** As sampled, at most one with an answer and one without for each window. Empty unless this host samples the server. */
  readonly serverSamples: readonly ServerSample[];
  readonly puppetdbSamples: readonly PuppetdbSample[];
  /** CPU seconds of the driver, and of the host during the test. */
  readonly cpu: { readonly driver: number; readonly host: number };
  /** First failures, at most 20. */
  readonly failures: readonly {
    readonly clone: string;
    readonly outcome: Outcome;
    readonly at: number;
    readonly status?: number;
    readonly message?: string;
  }[];
  /** What is wrong with this host's files, a sentence each: lines that cannot be read, missing arrivals. */
  readonly warnings: readonly string[];
}

/** Runs of one group that arrived in one window of one phase. */
export interface ReducedWindow {
  /** Milliseconds since the test began. */
  readonly at: number;
  /** Index in the profile. */
  readonly phase: number;
  /** Base image. */
  readonly group: string;
  /** Whether it belongs to the figures: it is neither in a warm-up nor in a cool-down. Windows never contain a boundary of the two. */
  readonly measured: boolean;
  readonly arrivals: number;
  readonly outcomes: { readonly [K in Outcome]?: number };
  /** HTTP statuses of `catalog_failed`. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Runs that ended well in this window, whenever they arrived. */
  readonly achieved: number;
  /** Latencies of runs that ended well, and of failed ones in `total` only. */
  readonly latencies: { readonly [K in Metric]?: EncodedHistogram };
}

/** State of a load host in one window. */
export interface HostWindow {
  /** Milliseconds since the test began. */
  readonly at: number;
  readonly cpu: number;
  readonly pressure: { readonly cpu: number; readonly memory: number; readonly io: number } | null;
  readonly memoryAvailable: number;
  readonly runnable: number;
  readonly running: number;
  readonly retransmits: number;
  readonly networkErrors: number;
}
