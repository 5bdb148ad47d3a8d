import type { Objective } from '../../model/load/profile.ts';
import type { Figures, ObjectiveResult } from '../../model/load/result.ts';
import { decodeHistogram } from '../histogram.ts';

/** Figures of measured windows. */
export interface Measured {
  readonly total: Figures;
  readonly groups: readonly (Figures & { readonly name: string })[];
}

/** Compares the figures with the service-level objective. What was not measured does not hold. */
export function evaluate(slo: readonly Objective[], { total, groups }: Measured): ObjectiveResult[] {
  return slo.map((objective) => {
    const { group } = objective;
    const figures = group === null ? total : groups.find(({ name }) => name === group);
    const value = figures === undefined ? null : measuredValue(objective, figures);
    return { ...objective, value, holds: value !== null && holds(objective, value) };
  });
}

function measuredValue(objective: Objective, figures: Figures): number | null {
  const { arrivals, failed, dropped } = figures;
  if (arrivals === 0) return null;
  switch (objective.figure) {
    case 'failed':
      return failed;
    case 'dropped':
      return dropped;
    case 'failed_percent':
      return (100 * failed) / arrivals;
    case 'dropped_percent':
      return (100 * dropped) / arrivals;
    default:
      return latency(objective, figures);
  }
}

/** Seconds; null if no run has them. */
function latency({ figure, metric, percentile }: Objective, { latencies }: Figures): number | null {
  const found = latencies[metric ?? 'total'];
  if (found === undefined) return null;
  if (figure === 'mean' || figure === 'max') return found[figure];
  return decodeHistogram(found.histogram).getValueAtPercentile(percentile ?? 50) / 1000;
}

function holds({ comparison, limit }: Objective, value: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '=':
      return value === limit;
  }
}
