import { LabError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import { waitUntil } from '../wait.ts';
import { reportTimes, signed } from './record.ts';

/** Enough for a clone to boot and to request its certificate twice. */
const CHECK_IN_TIMEOUT_MS = 300_000;

/**
 * Waits until every clone has a certificate and has sent a report since a time (ms).
 *
 * @param clones - Certnames
 */
export async function waitForCheckIns(
  server: Host,
  clones: readonly string[],
  since: number,
  progress: (line: string) => void,
): Promise<void> {
  let missing: readonly string[] = [];
  let shown: number | undefined;
  const complete = async () => {
    missing = await notCheckedIn(server, clones, since);
    if (missing.length > 0 && missing.length !== shown) {
      progress(`${clones.length - missing.length} of ${clones.length}`);
      shown = missing.length;
    }
    return missing.length === 0;
  };
  await waitUntil(complete, {
    timeoutMs: CHECK_IN_TIMEOUT_MS,
    intervalMs: 500,
    timeoutError: () =>
      new LabError(
        `no certificate or no report after ${CHECK_IN_TIMEOUT_MS / 1000} s: ${missing.join(', ')}`,
        `run an agent by hand: bin/lab shell, machinectl shell ${missing[0]?.split('.')[0]}, puppet agent --test`,
      ),
  });
}

/** Those clones that have no certificate, or have sent no report since a time (ms). */
export async function notCheckedIn(
  server: Host,
  clones: readonly string[],
  since: number,
): Promise<string[]> {
  const certificates = new Set(await signed(server));
  const missing: string[] = [];
  for (const clone of clones) {
    const lastReport = (await reportTimes(server, clone)).at(-1) ?? 0;
    if (!certificates.has(clone) || lastReport < since) missing.push(clone);
  }
  return missing;
}
