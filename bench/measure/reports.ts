import type { Host } from '../../lab/host/host.ts';
import { reportTimes } from '../../lab/server/record.ts';
import { waitUntil } from '../../lab/wait.ts';

const TIMEOUT_MS = 900_000;

/** Number of these clones whose reports the server received in a time span (ms). */
export async function countReports(
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

/** Waits until the server has received a report from each of these clones. */
export async function waitForReports(host: Host, clones: readonly string[]): Promise<void> {
  let count = 0;
  const complete = async () => {
    count = await countReports(host, clones, 0, Number.POSITIVE_INFINITY);
    return count === clones.length;
  };
  await waitUntil(complete, {
    timeoutMs: TIMEOUT_MS,
    intervalMs: 2000,
    timeoutError: () =>
      new Error(`${count} of ${clones.length} clones checked in within ${TIMEOUT_MS / 1000} s`),
  });
}
