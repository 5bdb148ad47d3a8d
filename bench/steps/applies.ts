import type { Step } from '../../lab/steps/run-steps.ts';
import { measureAppliesInTurn } from '../measure/applies.ts';
import type { Bench } from './bench.ts';
import { APPLIED_SIZES } from './sizes.ts';

/** Shows that an apply takes as long for a large fleet as for one clone. */
export function applySteps(bench: Bench): Step[] {
  return [
    bench.step(
      `Apply ${APPLIED_SIZES.join(' and ')} by timer in turn`,
      bench.module('timer'),
      (side, progress) => measureAppliesInTurn(side, APPLIED_SIZES, bench.note, progress),
    ),
  ];
}
