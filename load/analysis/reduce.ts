import type { RunRecord } from '../../model/load/record.ts';
import type { Reduced } from '../../model/load/reduced.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import type { Sample } from '../../model/load/sample.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import type { NdjsonFile } from './ndjson.ts';
import { reduceRuns } from './reduce-runs.ts';
import { reduceSamples } from './reduce-samples.ts';
import { Windows } from './windows.ts';

/** What one host has recorded of a test. */
export interface Recorded extends Pick<Reduced, 'state' | 'about'> {
  /** Milliseconds since 1970 until which the test was planned, or has got if it still runs. */
  readonly end: number;
  readonly plan: TestPlan;
  readonly records: NdjsonFile<RunRecord>;
  readonly samples: NdjsonFile<Sample>;
}

/**
 * Reduces what one host has recorded to windows. Reads line by line: memory depends on the number of windows.
 *
 * @throws RangeError if the plan's host is not in its roster
 */
export async function reduce({ plan, state, end, about, records, samples }: Recorded): Promise<Reduced> {
  const { id, profile, roster, begin, clock } = plan;
  const host = roster.hosts[plan.host];
  if (host === undefined) {
    throw new RangeError(
      `Host ${plan.host} of test ${id} is not in its roster of ${roster.hosts.length} hosts`,
    );
  }
  const windows = new Windows(profile);
  const arrivals = arrivalsOf(profile, roster, plan.host);
  const runs = await reduceRuns({ windows, host, begin, end, state, arrivals }, records);
  const sampled = await reduceSamples(windows, begin, samples);
  return {
    version: 1,
    id,
    profile,
    roster,
    host: plan.host,
    state,
    begin,
    clock,
    about,
    windowLength: windows.length,
    ...runs,
    ...sampled,
    warnings: [...records.problems(), ...samples.problems(), ...runs.warnings],
  };
}
