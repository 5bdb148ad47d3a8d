import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../lab/host.ts';
import { reportTimes } from '../lab/server.ts';

const PATIENCE_MS = 900_000;

/** How many of these clones the server has a report of that came in a span of time (ms). */
export async function reportedBetween(
  host: Host,
  clones: readonly string[],
  from: number,
  to: number,
): Promise<number> {
  let count = 0;
  for (const clone of clones) {
    const times = await reportTimes(host, `${clone}.${host.certname}`);
    if (times.some((time) => time >= from && time <= to)) count++;
  }
  return count;
}

/** Waits until the server has a report of each of these clones. */
export async function reported(host: Host, clones: readonly string[]): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const count = await reportedBetween(host, clones, 0, Number.POSITIVE_INFINITY);
    if (count === clones.length) return;
    if (Date.now() > end)
      throw new Error(`${count} of ${clones.length} clones checked in within ${PATIENCE_MS / 1000} s`);
    await sleep(2000);
  }
}
