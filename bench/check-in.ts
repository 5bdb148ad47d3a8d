import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../lab/host.ts';
import { reportedBetween } from './server-record.ts';
import type { Note } from './session.ts';
import type { Side } from './side.ts';

/** Time, in ms, that a run may take that was begun at the end of the interval: servers keep agents waiting for the first answer. */
const LAST_RUN_MS = 60_000;

/** Seconds of an interval for each clone: what a run takes on two processors, and as much again. */
const SECONDS_EACH = 1.8;

/** Intervals that the clock repeats, in seconds. */
const INTERVALS = [60, 120, 180, 240, 300, 360, 600, 720, 900, 1200, 1800, 3600, 7200] as const;

/** The shortest interval that leaves the machine some air with so many clones. */
export function intervalFor(clones: number): number {
  return INTERVALS.find((interval) => interval >= SECONDS_EACH * clones) ?? 7200;
}

/** How the check-ins of a fleet are measured. */
export interface CheckIns {
  readonly clones: number;
  /** Seconds. */
  readonly interval: number;
  /** How many intervals there are. */
  readonly intervals: number;
}

/**
 * Has a new fleet run by timer, and counts the agents that the server has a report of in the first interval, in which
 * they have their certificates to get as well, and in the last, which is like every one after it.
 */
export async function measureCheckIn(
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
      await sleep(Math.min(10_000, end - Date.now()));
      const count = await reportedBetween(host, names, from, end);
      const left = Math.round((end - Date.now()) / 1000);
      progress(`interval ${turn} of ${intervals}: ${count} of ${clones} agents have run, ${left} s to go`);
    }
    await sleep(LAST_RUN_MS);
    const count = await reportedBetween(host, names, from, end + LAST_RUN_MS);
    if (turn === 1) note('first_checked_in', side, clones, count);
    if (turn === intervals) note('checked_in', side, clones, count);
  }
  progress('asking the timers');
  note('starts_per_second', side, clones, mostInASecond(await lastStarts(host, names), interval));
  progress('stopping');
  await side.stop(clones);
}

/** When the timer of each clone last started its run, in seconds since 1970. */
async function lastStarts(host: Host, clones: readonly string[]): Promise<number[]> {
  const show =
    'systemctl --timestamp=us+utc show --property=LastTriggerUSec --value puppet-clone-army-run.timer';
  const { stdout } = await host.ssh(['xargs -n 1 -P 4 sh -c', `'${show} --machine=$0'`], {
    input: clones.join('\n'),
    stdin: 'pipe',
  });
  const times = String(stdout).trim().split('\n');
  return times.map((time) => {
    // Such as Wed 2026-11-25 16:20:00.123456 UTC.
    const [, day, clock] = /(\d{4}-\d\d-\d\d) ([\d:.]+) UTC/.exec(time) ?? [];
    if (!day) throw new Error(`a timer has not started a run yet: ${time}`);
    return Date.parse(`${day}T${clock?.slice(0, 12)}Z`) / 1000;
  });
}

/**
 * The most starts that any second of the interval has, wherever that second begins.
 *
 * @param starts - seconds since 1970
 * @param interval - seconds
 */
export function mostInASecond(starts: readonly number[], interval: number): number {
  const slots = starts.map((start) => start % interval).sort((a, b) => a - b);
  return Math.max(...slots.map((from, i) => slots.slice(i).filter((slot) => slot < from + 1).length));
}
