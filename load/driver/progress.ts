import { lengthOf } from '../../model/load/profile.ts';
import type { Progress } from '../../model/load/progress.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { Tally } from './tally.ts';

/** Whether a test is over, however it ended. */
export function hasEnded(state: Progress['state']): state is 'done' | 'stopped' | 'failed' {
  return state === 'done' || state === 'stopped' || state === 'failed';
}

/** End of the last phase, in milliseconds since 1970. */
export function endOf({ begin, profile }: TestPlan): number {
  return begin + lengthOf(profile.phases);
}

/** Seconds that runs get to end after the last phase, and clones to leave the test, beside the profile's timeout. */
const MARGIN = 300;

/** Seconds from now on after which a test has ended in any case. */
export function secondsOf(plan: TestPlan, now: number): number {
  return Math.ceil((endOf(plan) - now) / 1000) + plan.profile.timeout + MARGIN;
}

/** Progress of a test whose driver has not begun yet. */
export function firstProgress(plan: TestPlan, now: number): Progress {
  return {
    id: plan.id,
    state: 'waiting',
    at: now,
    begin: plan.begin,
    end: endOf(plan),
    ...new Tally().counts(),
    planned: 0,
    objectives: [],
    server: null,
    pressure: null,
  };
}
