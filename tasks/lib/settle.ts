import type { Clone } from '../../generator/model/fleet.ts';
import type { Host } from './host.ts';
import { look, type SeenClone } from './look.ts';

/** Milliseconds between two looks: a clone takes about a second to start, a fleet takes minutes. */
const PAUSE = { first: 50, last: 1000, growth: 1.5 } as const;

/** Looks at the clones until all are settled or the time is up, and answers what it saw last. */
export async function settle(
  host: Host,
  clones: readonly Clone[],
  isSettled: (clone: SeenClone) => boolean,
  seconds: number,
): Promise<SeenClone[]> {
  const end = host.uptime() + seconds * 1000;
  for (let pause: number = PAUSE.first; ; pause = Math.min(pause * PAUSE.growth, PAUSE.last)) {
    const seen = await look(host, clones);
    const left = end - host.uptime();
    if (left <= 0 || seen.every(isSettled)) return seen;
    await host.sleep(Math.min(pause, left));
  }
}
