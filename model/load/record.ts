import type { Metric } from './profile.ts';

/**
 * What became of an arrival.
 *
 * - `ok`, `changed`: the run ended well, without or with changes
 * - `failed_resources`: the catalog was applied, but resources failed
 * - `catalog_failed`: the server answered with an HTTP error (`status`)
 * - `busy`: the server answered 503, with or without Retry-After
 * - `refused`: no connection to the server
 * - `timed_out`: the server did not answer in time, or the run took longer than the profile's `timeout`
 * - `failed`: the agent failed in another way (`message`)
 * - `locked`: another run of the clone's agent was in progress, which the test did not start
 * - `killed`: the run was killed, or its clone ended
 * - `dropped`: the clone was still busy with an earlier run of the test
 * - `held_back`: the host had too many runs in progress, or ended before the run did
 */
export const OUTCOMES = [
  'ok',
  'changed',
  'failed_resources',
  'catalog_failed',
  'busy',
  'refused',
  'timed_out',
  'failed',
  'locked',
  'killed',
  'dropped',
  'held_back',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes of runs that ended well. */
export const GOOD: readonly Outcome[] = ['ok', 'changed'];

/** Outcomes of arrivals that were not run. */
export const NOT_RUN: readonly Outcome[] = ['dropped', 'held_back'];

/** Whether a run failed: it was run, and did not end well. */
export function isFailed(outcome: Outcome): boolean {
  return !GOOD.includes(outcome) && !NOT_RUN.includes(outcome);
}

/** One line of `records.ndjson`: an arrival and its outcome. Times are milliseconds since 1970. */
export interface RunRecord {
  /** {@link Arrival.number} */
  readonly number: number;
  readonly clone: string;
  /** Certname of the run, if the profile's churn gave the clone another one. */
  readonly certname?: string;
  /** Base image of the clone. */
  readonly group: string;
  /** Index in the profile. */
  readonly phase: number;
  /** Planned start. */
  readonly due: number;
  /** Start and end of the agent, by the wrapper in the clone; null if it was not run. */
  readonly started: number | null;
  readonly ended: number | null;
  readonly outcome: Outcome;
  /** HTTP status of the server's error. */
  readonly status?: number;
  /** What the agent said when it failed. */
  readonly message?: string;
  /** Seconds that parts of the run took, from the agent's own summary. */
  readonly seconds?: { readonly [K in Exclude<Metric, 'total'>]?: number };
}
