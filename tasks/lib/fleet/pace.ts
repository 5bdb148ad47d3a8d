import type { Host } from '../contract/host.ts';
import { type CloneWithUnits, readUnits } from '../systemd/clone-units.ts';
import type { Plan } from './chains.ts';

/** Milliseconds between two looks: a clone takes about a second to start, a fleet takes minutes. */
const PAUSE = { first: 50, last: 1000, growth: 1.5 } as const;

/** And as many times what a look took at least, so that looking at a large fleet does not slow it down. */
const PAUSE_PER_LOOK = 4;

const NONE: ReadonlySet<string> = new Set();

/** How clones are set in motion, and what shows that they have come to rest. */
export interface ChainActions {
  /** Hands clones to systemd, all in one go. */
  begin(clones: readonly CloneWithUnits[]): Promise<void>;
  /** Whether the clone is as it should be. */
  isInTargetState(clone: CloneWithUnits): boolean;
  /** Whether systemd has finished with the clone, well or not. */
  isFinished(clone: CloneWithUnits): boolean;
  /** Does what systemd is not to do; names of those clones with which it is not through. */
  advance?(clones: readonly CloneWithUnits[]): ReadonlySet<string>;
}

/** How clones were when the last of them had settled, or the time was up. */
export interface ChainsResult {
  readonly clones: readonly CloneWithUnits[];
  /** Names of those whose turn did not come. */
  readonly waiting: ReadonlySet<string>;
  /** Names of those that are still under way. */
  readonly pending: ReadonlySet<string>;
}

/**
 * Sets clones in motion by chains, of which at most the plan's concurrency is under way at once: a further one follows as
 * soon as one has settled as a whole, well or not.
 *
 * @param clones - in the fleet's order, as they were seen last
 * @param plan - chains of their names, each name once
 */
export async function pace(
  host: Host,
  clones: readonly CloneWithUnits[],
  { chains, concurrency }: Plan<string>,
  motion: ChainActions,
  seconds: number,
): Promise<ChainsResult> {
  const end = host.uptime() + seconds * 1000;
  const queue = [...chains];
  let underWay: (readonly string[])[] = [];
  let seen = clones;

  for (let pause: number = PAUSE.first; ; pause = Math.min(pause * PAUSE.growth, PAUSE.last)) {
    const next = queue.splice(0, concurrency - underWay.length);
    if (next.length > 0) {
      const names = new Set(next.flat());
      // Somebody else may have moved one since.
      const turn = seen.filter((clone) => names.has(clone.name) && !motion.isInTargetState(clone));
      if (turn.length > 0) await motion.begin(turn);
      underWay.push(...next);
      pause = PAUSE.first;
    }

    const began = host.uptime();
    seen = await readUnits(host, clones);
    const shortest = PAUSE_PER_LOOK * (host.uptime() - began);
    const settled = new Set(seen.filter(motion.isFinished).map(({ name }) => name));
    underWay = underWay.filter((chain) => !chain.every((name) => settled.has(name)));
    const advancing = motion.advance?.(seen) ?? NONE;
    const left = end - host.uptime();
    if (left <= 0 || (underWay.length === 0 && queue.length === 0 && advancing.size === 0)) {
      const names = seen.map(({ name }) => name);
      const pending = names.filter((name) => !settled.has(name) || advancing.has(name));
      return { clones: seen, waiting: new Set(queue.flat()), pending: new Set(pending) };
    }
    if (queue.length === 0 || underWay.length === concurrency) {
      await host.sleep(Math.min(Math.max(pause, shortest), left));
    }
  }
}
