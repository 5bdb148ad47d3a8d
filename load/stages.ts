import type { Phase } from '../model/load/profile.ts';

/** When a phase is run, in milliseconds since the test began. */
export interface Stage {
  readonly name: string;
  readonly from: number;
  /** What is between the warm-up and the cool-down. */
  readonly measuredFrom: number;
  readonly measuredTo: number;
  readonly to: number;
}

/** The phases of a profile, one after the other. */
export function stagesOf(phases: readonly Phase[]): Stage[] {
  let from = 0;
  return phases.map(({ name, length, warmUp, coolDown }) => {
    const to = from + length;
    const stage = { name, from, measuredFrom: from + warmUp, measuredTo: to - coolDown, to };
    from = to;
    return stage;
  });
}
