import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../../lab/host/host.ts';
import type { Note } from '../recorder.ts';
import type { Side } from '../side.ts';
import { countReports } from './reports.ts';
import { peakStarts } from './run-interval.ts';
import { lastTimerStarts } from './timer-starts.ts';

/** Time for a run that starts at the end of the interval: servers may delay an agent's first request. */
const LAST_RUN_MS = 60_000;

const POLL_MS = 10_000;

/** Which check-ins to measure. */
export interface CheckIns {
  readonly clones: number;
  /** Seconds. */
  readonly interval: number;
  /** Number of intervals. */
  readonly intervals: number;
}

/**
 * Runs a new fleet by timer and counts the agents that report in the first and in the last interval. In the first one,
 * agents also request their certificates; the last one is representative of those that follow.
 */
export async function measureCheckIns(
  host: Host,
  side: Side,
  { clones, interval, intervals }: CheckIns,
  note: Note,
  progress: (line: string) => void,
): Promise<void> {
  const names = side.names(clones);
  progress('applying and starting');
  await side.apply(clones);
  await side.start(clones);
  note('interval', side, clones, interval);

  const began = Date.now();
  for (let turn = 1; turn <= intervals; turn++) {
    const from = began + 1000 * interval * (turn - 1);
    const end = from + 1000 * interval;
    while (Date.now() < end) {
      await sleep(Math.min(POLL_MS, end - Date.now()));
      const count = await countReports(host, names, from, end);
      const left = Math.round((end - Date.now()) / 1000);
      progress(`interval ${turn} of ${intervals}: ${count} of ${clones} agents have run, ${left} s left`);
    }
    await sleep(LAST_RUN_MS);
    const count = await countReports(host, names, from, end + LAST_RUN_MS);
    if (turn === 1) note('first_checked_in', side, clones, count);
    if (turn === intervals) note('checked_in', side, clones, count);
  }
  progress('reading the timers');
  note('starts_per_second', side, clones, peakStarts(await lastTimerStarts(host, names), interval));
  progress('stopping');
  await side.stop(clones);
}
