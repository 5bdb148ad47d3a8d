import type { Objective, Profile } from '../../model/load/profile.ts';
import type { Step, StepSeconds } from './step.ts';

/** What the steps of a search have in common. The phases of the profile do not matter. */
export type Template = Omit<Profile, 'name' | 'phases'>;

/** Seconds at the beginning of each step that are left out of the figures. */
export const SETTLE = 60;

/** Seconds that a step measures at least. */
const MEASURE_MIN = 120;

/** Seconds that a latency may take if no objective limits it. */
const LIMIT = 30;

/** The profile of a step: a steady load. */
export function stepProfile({ runsPerMinute, seconds, confirm }: Step, template: Template): Profile {
  const length = seconds * 1000;
  const warmUp = Math.min(SETTLE * 1000, Math.floor(length / 2));
  return {
    ...template,
    name: `capacity ${confirm ? 'confirm ' : ''}${runsPerMinute}`,
    phases: [
      {
        name: 'steady',
        length,
        warmUp,
        coolDown: 0,
        streams: [{ kind: 'rate', at: 0, length, from: runsPerMinute, to: runsPerMinute }],
      },
    ],
  };
}

/**
 * Seconds that a step needs to tell a load that is too high by the tolerance. Such a load makes runs wait longer by that
 * fraction of each second, so their latency takes the limit divided by the tolerance to reach the limit.
 *
 * @param tolerance - As a fraction
 */
export function stepSeconds(slo: readonly Objective[], tolerance: number): StepSeconds {
  const limits = slo.flatMap(({ metric, limit }) => (metric === null ? [] : [limit]));
  const measured = Math.max(
    MEASURE_MIN,
    Math.ceil(Math.max(...(limits.length > 0 ? limits : [LIMIT])) / tolerance),
  );
  return { least: SETTLE + MEASURE_MIN, step: SETTLE + measured, confirm: SETTLE + 2 * measured };
}
