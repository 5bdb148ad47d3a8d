import type { Figures, ObjectiveResult, Result } from '../../model/load/result.ts';
import { countsOf, decodeHistogram } from '../histogram.ts';

/** 97.5 % of the standard normal distribution are below it, so intervals are those of 95 % confidence. */
const Z = 1.96;

/**
 * Whether a longer test could decide otherwise: everything but percentiles holds, and the runs are too few to say on
 * which side of its limit a percentile is.
 */
export function isUncertain({ objectives, total, groups }: Result): boolean {
  const decided = objectives.some((objective) => !objective.holds && !isOpen(objective));
  return !decided && objectives.some(isOpen);

  function isOpen({ figure, percentile, metric, group, limit }: ObjectiveResult): boolean {
    const figures = group === null ? total : groups.find(({ name }) => name === group);
    if (figure !== 'percentile' || percentile === null || metric === null || !figures) return false;
    const { above, runs } = runsAbove(figures, metric, limit);
    return above > 0 && isWithin(1 - percentile / 100, above, runs);
  }
}

/** @param limit - Seconds */
function runsAbove(
  { latencies }: Figures,
  metric: NonNullable<ObjectiveResult['metric']>,
  limit: number,
): { readonly above: number; readonly runs: number } {
  const latency = latencies[metric];
  if (latency === undefined) return { above: 0, runs: 0 };
  const counts = countsOf(decodeHistogram(latency.histogram)).filter(({ value }) => value > limit * 1000);
  return { above: counts.reduce((sum, { count }) => sum + count, 0), runs: latency.count };
}

/** Whether a share is within Wilson's confidence interval of the share of runs that were found. */
function isWithin(share: number, found: number, runs: number): boolean {
  const observed = found / runs;
  const centre = (observed + Z ** 2 / (2 * runs)) / (1 + Z ** 2 / runs);
  const half =
    (Z / (1 + Z ** 2 / runs)) * Math.sqrt((observed * (1 - observed)) / runs + Z ** 2 / (4 * runs ** 2));
  return Math.abs(share - centre) <= half;
}
