import { isFailed, type RunRecord } from '../../model/load/record.ts';
import type { Reduced } from '../../model/load/reduced.ts';
import { type Arrival, basesOf, type RosterHost } from '../../model/load/roster.ts';
import { encodeHistogram, newHistogram, recordMilliseconds } from '../histogram.ts';
import { counted } from '../report/format.ts';
import { NumberSet } from './number-set.ts';
import { RunWindows } from './run-windows.ts';
import type { Windows } from './windows.ts';

/** Maximum number of failures that a result shows in full. */
export const FAILURES_MAX = 20;

/** Part of a test that one host has to account for. */
export interface Share {
  readonly windows: Windows;
  readonly host: RosterHost;
  /** Milliseconds since 1970. */
  readonly begin: number;
  /** When the test was planned to end, or how far it has got if it still runs. */
  readonly end: number;
  readonly state: Reduced['state'];
  /** What was planned for the host. */
  readonly arrivals: Iterable<Arrival>;
}

/** What the records of a host come to. */
export type ReducedRuns = Pick<Reduced, 'end' | 'windows' | 'lateness' | 'failures' | 'warnings'>;

/**
 * Reduces records, one at a time. An arrival without a record counts as `held_back`: its driver or its host ended. So no
 * arrival is lost, and every one counts once. If somebody stopped the test, it ended with the last arrival that has a
 * record. If it still runs, arrivals without a record are those of runs in progress.
 */
export async function reduceRuns(share: Share, records: AsyncIterable<RunRecord>): Promise<ReducedRuns> {
  const runs = new RunWindows(share.windows, share.begin);
  const lateness = newHistogram();
  const failures: Reduced['failures'][number][] = [];
  const recorded = new NumberSet();
  let [repeated, lastDue] = [0, share.begin];
  for await (const record of records) {
    if (recorded.has(record.number)) {
      repeated += 1;
      continue;
    }
    recorded.add(record.number);
    lastDue = Math.max(lastDue, record.due);
    runs.addRecord(record);
    if (record.started !== null) recordMilliseconds(lateness, record.started - record.due);
    if (isFailed(record.outcome) && failures.length < FAILURES_MAX) failures.push(failureOf(record));
  }

  const end = share.state === 'stopped' ? Math.min(share.end, lastDue + 1) : share.end;
  const { known, missing } = holdBackOthers(runs, { ...share, end }, recorded);
  const warnings = warningsOf({ missing, repeated, unplanned: recorded.size - known });
  return { end, windows: runs.reduced(), lateness: encodeHistogram(lateness), failures, warnings };
}

/** Counts arrivals without a record as held back. */
function holdBackOthers(
  runs: RunWindows,
  { host, begin, end, state, arrivals }: Share,
  recorded: NumberSet,
): { known: number; missing: number } {
  const bases = basesOf(host);
  let [known, missing] = [0, 0];
  for (const { number, at, clone } of arrivals) {
    if (recorded.has(number)) known += 1;
    else if (state !== 'running' && begin + at < end) {
      runs.addArrival(bases[clone] as string, at, 'held_back');
      missing += 1;
    }
  }
  return { known, missing };
}

function failureOf({ clone, outcome, due, status, message }: RunRecord): Reduced['failures'][number] {
  return { clone, outcome, at: due, status, message };
}

function warningsOf({
  missing,
  repeated,
  unplanned,
}: Record<'missing' | 'repeated' | 'unplanned', number>): string[] {
  return [
    ...(missing > 0 ? [`No record of ${counted(missing, 'arrival')}, counted as held back`] : []),
    ...(repeated > 0 ? [`Left out ${counted(repeated, 'repeated record')}`] : []),
    ...(unplanned > 0 ? [`${counted(unplanned, 'record')} of arrivals that were not planned`] : []),
  ];
}
