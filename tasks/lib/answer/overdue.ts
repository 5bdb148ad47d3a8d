import type { Fleet } from '../../../model/fleet.ts';
import type { CloneStatus } from './clone-status.ts';

/** Seconds that a run may take, or wait for a busy host, before it counts as overdue. */
const TOLERANCE = 60;

/**
 * Adds to each clone whose agent runs by timer for how many seconds its next run has been overdue. The run before, or the
 * start of the clone, is at most an interval ago if all is well.
 *
 * @param now - milliseconds since 1970
 */
export function withOverdue(
  clones: readonly CloneStatus[],
  fleet: Fleet,
  now: number,
): readonly CloneStatus[] {
  if (fleet.run_mode !== 'timer') return clones;
  return clones.map((clone) => {
    const overdue = overdueOf(clone, fleet.run_interval, now);
    return overdue === undefined ? clone : { ...clone, overdue };
  });
}

function overdueOf(
  { since, last_run: last }: CloneStatus,
  interval: number,
  now: number,
): number | undefined {
  if (since === null) return undefined;
  const latest = Math.max(Date.parse(since), last === null ? 0 : Date.parse(last.time));
  const overdue = Math.floor((now - latest) / 1000 - interval);
  return overdue > Math.max(TOLERANCE, last?.seconds ?? 0) ? overdue : undefined;
}
