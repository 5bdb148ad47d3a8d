import type { Objective, Profile } from '../../model/load/profile.ts';
import type { ObjectiveProgress } from '../../model/load/progress.ts';
import { isFailed, type RunRecord } from '../../model/load/record.ts';
import { basesOf, type Roster, type TestPlan } from '../../model/load/roster.ts';
import { Windows } from '../analysis/windows.ts';
import { latencyOf } from '../latency.ts';
import { arrivals } from '../schedule/arrivals.ts';

/** Rounding errors of percentages. */
const EPSILON = 1e-6;

/**
 * Counts the runs that speak against each objective, beside those that it allows. An objective that has spent more than
 * that cannot hold any more, whatever the rest of the test brings. Means are left out: later runs can always mend them.
 */
export class SpentObjectives {
  private readonly windows: Windows;
  private readonly all: { readonly objective: Objective; readonly allowed: number; spent: number }[];

  constructor(private readonly plan: Pick<TestPlan, 'profile' | 'roster' | 'begin'>) {
    const { profile, roster } = plan;
    this.windows = new Windows(profile);
    const counts = countMeasured(profile, roster, this.windows);
    this.all = distinct(profile.slo).flatMap((objective) => {
      const allowed = allowedOf(objective, counts);
      return allowed === null ? [] : [{ objective, allowed, spent: 0 }];
    });
  }

  /** Counts the record of an arrival. */
  add(record: RunRecord): void {
    if (!this.windows.isMeasured(record.due - this.plan.begin)) return;
    for (const each of this.all) {
      const { group } = each.objective;
      if ((group === null || group === record.group) && speaksAgainst(record, each.objective))
        each.spent += 1;
    }
  }

  /** Runs of this host, and what the objectives allow on all hosts together. */
  progress(): ObjectiveProgress[] {
    return this.all.map(({ objective: { text }, allowed, spent }) => ({ text, spent, allowed }));
  }
}

function distinct(slo: readonly Objective[]): Objective[] {
  return [...new Map(slo.map((objective) => [objective.text, objective])).values()];
}

/** Numbers of measured arrivals on all hosts, by base image. */
function countMeasured(profile: Profile, roster: Roster, windows: Windows): ReadonlyMap<string, number> {
  const bases = roster.hosts.map(basesOf);
  const counts = new Map<string, number>();
  for (const { at, host, clone } of arrivals(profile, roster)) {
    if (!windows.isMeasured(at)) continue;
    const base = bases[host]?.[clone] as string;
    counts.set(base, (counts.get(base) ?? 0) + 1);
  }
  return counts;
}

/** How many runs may speak against an objective that holds at the end; null if their number does not decide. */
function allowedOf(
  { figure, percentile, group, comparison, limit }: Objective,
  counts: ReadonlyMap<string, number>,
): number | null {
  const measured =
    group === null ? [...counts.values()].reduce((a, b) => a + b, 0) : (counts.get(group) ?? 0);
  const within = (most: number) =>
    comparison === '<' ? Math.ceil(most - EPSILON) - 1 : Math.floor(most + EPSILON);
  switch (figure) {
    case 'failed':
    case 'dropped':
      return within(limit);
    case 'failed_percent':
    case 'dropped_percent':
      return within((limit / 100) * measured);
    case 'max':
      return 0;
    case 'percentile':
      return Math.floor((1 - (percentile ?? 50) / 100) * measured + EPSILON);
    case 'mean':
      return null;
  }
}

function speaksAgainst(record: RunRecord, { figure, metric, comparison, limit }: Objective): boolean {
  switch (figure) {
    case 'failed':
    case 'failed_percent':
      return isFailed(record.outcome);
    case 'dropped':
    case 'dropped_percent':
      return record.outcome === 'dropped';
    default: {
      const latency = latencyOf(record, metric ?? 'total');
      if (latency === undefined) return false;
      return comparison === '<' ? latency >= limit * 1000 : latency > limit * 1000;
    }
  }
}
