import type { Compared, ComparedFigure } from '../../model/load/comparison.ts';
import type { Difference } from './bootstrap.ts';
import type { Question } from './estimate.ts';
import { unitOf } from './questions.ts';

/** Which direction is worse. The offered load is what the test asked for, so neither is. */
const WORSE: Readonly<Record<Compared, 1 | -1 | 0>> = {
  offered: 0,
  achieved: -1,
  failed_percent: 1,
  dropped_percent: 1,
  mean: 1,
  p50: 1,
  p95: 1,
  p99: 1,
};

/**
 * Says what a difference means.
 *
 * @param maxRegression - Percentage by which a figure may be worse. From zero, any increase is more.
 */
export function judge(
  { figure, metric }: Question,
  group: string | null,
  { before, after, interval }: Difference,
  maxRegression: number,
): ComparedFigure {
  const difference = after - before;
  const exceeds = Math.abs(difference) > (maxRegression / 100) * Math.abs(before);
  const sign = interval && exceeds ? signOf(interval) * WORSE[figure] : 0;
  return {
    figure,
    metric,
    group,
    unit: unitOf(figure),
    before: known(before),
    after: known(after),
    difference: known(difference),
    percent: before === 0 ? null : known((100 * difference) / before),
    interval,
    verdict: sign > 0 ? 'regressed' : sign < 0 ? 'improved' : 'no_claim',
  };
}

/** 1 or -1 if the whole interval is above or below zero. */
function signOf({ low, high }: { readonly low: number; readonly high: number }): 1 | -1 | 0 {
  if (low > 0) return 1;
  return high < 0 ? -1 : 0;
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
