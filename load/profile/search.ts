import { milliseconds } from './duration.ts';
import { PROFILE_LIMITS } from './limits.ts';
import type { Mistake } from './mistake.ts';

/** A phase of the kind `search` as people write it, if `phases.schema.ts` allows it. */
export interface RawSearch {
  readonly kind: 'search';
  readonly start?: number;
  readonly max_runs_per_minute?: number;
  readonly tolerance?: number;
  readonly steps?: number;
  readonly step?: string;
  readonly confirm?: string;
}

/** What a profile says of a search, by the names of the parameters of the task `load_search`. */
export interface Search {
  readonly start?: number;
  readonly most?: number;
  readonly tolerance?: number;
  readonly steps?: number;
  readonly step_seconds?: number;
  readonly confirm_seconds?: number;
}

/** Whether a phase is of the kind `search`. It may have mistakes. */
export function isSearch(phase: unknown): phase is RawSearch {
  return (phase as { readonly kind?: unknown } | null)?.kind === 'search';
}

/**
 * Converts a search that the schema allows. It decides on its loads by itself, so other phases have no place beside it.
 *
 * @param phases - Number of phases of the profile
 * @returns The search, or what is wrong with it
 */
export function readSearch(raw: RawSearch, phases: number): Search | Mistake {
  if (phases !== 1) {
    return { path: ['kind'], message: 'has to be the only phase; remove the others, or the search' };
  }
  const { start, max_runs_per_minute: most, tolerance, steps } = raw;
  if (start !== undefined && most !== undefined && start > most) {
    return { path: ['start'], message: `is more than max_runs_per_minute, which is ${most}` };
  }
  const [step, confirm] = [raw.step, raw.confirm].map((length) => length && milliseconds(length) / 1000);
  const { min, max } = PROFILE_LIMITS.searchStep;
  for (const [key, seconds] of Object.entries({ step, confirm })) {
    if (typeof seconds === 'number' && (seconds < min || seconds > max || !Number.isInteger(seconds))) {
      return {
        path: [key],
        message: 'is out of range; a test of a search lasts 10s to 1d, in whole seconds',
      };
    }
  }
  const found = { start, most, tolerance, steps, step_seconds: step, confirm_seconds: confirm };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
