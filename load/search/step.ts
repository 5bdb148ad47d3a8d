import type { Verdict } from '../../model/load/result.ts';

/** A load that a search tries. */
export interface Step {
  readonly runsPerMinute: number;
  /** Length, the time to settle included. */
  readonly seconds: number;
  /** Whether it is the longer step that confirms the highest load so far. */
  readonly confirm: boolean;
}

/** What became of a step. */
export interface StepResult {
  readonly runsPerMinute: number;
  readonly confirm: boolean;
  /** Whether all objectives held. */
  readonly passed: boolean;
  /** Whether the load hosts were the bottleneck, so that the step says nothing about the server. */
  readonly refused: boolean;
  /** Whether a longer step could decide otherwise; see `uncertain.ts`. */
  readonly uncertain?: boolean;
  /** What was saturated. */
  readonly bottleneck?: Verdict['bottleneck'];
}

/** Seconds that steps take, the time to settle included. */
export interface StepSeconds {
  /** Of the shortest, while loads are far apart. */
  readonly least: number;
  /** Of one that tells loads apart to the tolerance. */
  readonly step: number;
  readonly confirm: number;
}

export interface SearchOptions {
  /** First load, in runs a minute. */
  readonly start: number;
  /** Highest load that the search tries, in runs a minute. */
  readonly most: number;
  /** How far apart the highest load that passed and the lowest that failed may be, as a fraction of the former. */
  readonly tolerance: number;
  /** Maximum number of steps, confirmations included. */
  readonly steps: number;
  readonly seconds: StepSeconds;
}

/** Factor between steps until one fails. */
export const GROWTH = 2;

/** Lowest load that a search tries, in runs a minute. */
export const LEAST = 1;
