import type { Host } from '../../lab/host/host.ts';

/** When each clone's timer last started a run, in seconds since 1970. */
export async function lastTimerStarts(host: Host, clones: readonly string[]): Promise<number[]> {
  const show =
    'systemctl --timestamp=us+utc show --property=LastTriggerUSec --value puppet-clone-army-run.timer';
  const { stdout } = await host.ssh(['xargs -n 1 -P 4 sh -c', `'${show} --machine=$0'`], {
    input: clones.join('\n'),
    stdin: 'pipe',
  });
  return String(stdout).trim().split('\n').map(parseTimestamp);
}

/** Parses a time such as `Wed 2026-11-25 16:20:00.123456 UTC`. */
function parseTimestamp(text: string): number {
  const [, day, clock] = /(\d{4}-\d\d-\d\d) ([\d:.]+) UTC/.exec(text) ?? [];
  if (!day) throw new Error(`a timer has not started a run yet: ${text}`);
  return Date.parse(`${day}T${clock?.slice(0, 12)}Z`) / 1000;
}
