import type { ServerSample } from './sample.ts';

/** State of a test on one host. `progress.json` in the test's folder, written every two seconds. */
export interface Progress {
  readonly id: string;
  /** `waiting` for the begin; `draining`: no more arrivals, but runs in progress; `stopped` by somebody. */
  readonly state: 'waiting' | 'running' | 'draining' | 'done' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly error?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly begin: number;
  readonly end: number;
  /** Arrivals of this host so far. */
  readonly due: number;
  readonly started: number;
  readonly good: number;
  readonly failed: number;
  readonly dropped: number;
  readonly heldBack: number;
  readonly running: number;
  /** All arrivals of this host in the test. */
  readonly planned: number;
  /** Counts of `total` latencies by bucket: bucket i holds those below 1.1^i × 10 ms and at least 1.1^(i-1) × 10 ms. */
  readonly latencies: readonly number[];
  /** Objectives of the test, each once, apart from those of means. Empty before the test begins. */
  readonly objectives: readonly ObjectiveProgress[];
  /** Last sample of the server, if this host takes them. */
  readonly server: ServerSample | null;
  /** Share of the time in which tasks waited for a processor, from 0 to 1. */
  readonly pressure: number | null;
}

/** How far an objective is from being lost: once it has spent more than it allows, it cannot hold any more. */
export interface ObjectiveProgress {
  /** As the user wrote it. */
  readonly text: string;
  /** Measured runs of this host that speak against it. */
  readonly spent: number;
  /** How many may do so on all hosts together. */
  readonly allowed: number;
}
