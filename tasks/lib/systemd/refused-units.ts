/**
 * Reads what `systemctl start` or `stop` says to standard error: for each unit that it could not even ask for, why.
 *
 * The other units of the same call are under way all the same.
 */
export function parseRefusals(stderr: string): Map<string, string> {
  const refusals = new Map<string, string>();
  for (const line of stderr.split('\n')) {
    const [, unit, why] = /^Failed to (?:start|stop) (\S+): (.+)$/.exec(line) ?? [];
    if (unit && why) refusals.set(unit, why);
  }
  return refusals;
}
