/**
 * Parses the error messages of `systemctl start`, `systemctl stop` and `systemctl restart`.
 *
 * @returns by unit, why systemd refused the request; other units of the same call are not affected
 */
export function parseRefusals(stderr: string): Map<string, string> {
  const refusals = new Map<string, string>();
  for (const line of stderr.split('\n')) {
    const [, unit, why] = /^Failed to (?:start|stop|restart) (\S+): (.+)$/.exec(line) ?? [];
    if (unit && why) refusals.set(unit, why);
    // Only systemctl without --no-block waits for jobs.
    const [, failed] = /^Job for (\S+) (?:failed|canceled)/.exec(line) ?? [];
    if (failed) refusals.set(failed, 'failed');
  }
  return refusals;
}
