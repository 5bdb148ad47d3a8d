import type { Host } from '../contract/host.ts';
import { type CloneWithUnits, readUnits } from '../systemd/clone-units.ts';
import type { Plan } from './chains.ts';

/** Milliseconds between two polls. A clone takes about a second to start, a fleet takes minutes. */
const PAUSE = { first: 50, last: 1000, growth: 1.5 } as const;

/** Minimum pause as a multiple of the duration of a poll, so that polling does not slow down a large fleet. */
const PAUSE_PER_POLL = 4;

const NONE: ReadonlySet<string> = new Set();

/** How to change clones, and how to tell whether they have changed. */
export interface ChainActions {
  /** Submits the jobs of clones to systemd in one call. */
  submit(clones: readonly CloneWithUnits[]): Promise<void>;
  isInTargetState(clone: CloneWithUnits): boolean;
  /** Whether systemd has finished with the clone, successfully or not. */
  isFinished(clone: CloneWithUnits): boolean;
  /** Does the work that is left after systemd has finished. Returns the names of clones for which it is not complete. */
  followUp?(clones: readonly CloneWithUnits[]): ReadonlySet<string>;
}

/** Clones after the last chain finished, or after the timeout. */
export interface ChainsResult {
  readonly clones: readonly CloneWithUnits[];
  /** Names of clones that were not submitted. */
  readonly queued: ReadonlySet<string>;
  /** Names of clones that are not finished. */
  readonly pending: ReadonlySet<string>;
}

/**
 * Runs a plan: submits its chains, and submits the next one whenever all clones of a chain have finished.
 *
 * @param clones - in fleet order, with their most recent states
 * @param plan - chains of clone names, with each name once
 * @param seconds - timeout
 */
export async function runChains(
  host: Host,
  clones: readonly CloneWithUnits[],
  { chains, concurrency }: Plan<string>,
  actions: ChainActions,
  seconds: number,
): Promise<ChainsResult> {
  const deadline = host.uptime() + seconds * 1000;
  const queue = [...chains];
  let active: (readonly string[])[] = [];
  let current = clones;

  for (let pause: number = PAUSE.first; ; pause = Math.min(pause * PAUSE.growth, PAUSE.last)) {
    const next = queue.splice(0, concurrency - active.length);
    if (next.length > 0) {
      const names = new Set(next.flat());
      // Clones can have reached the target state in another way in the meantime.
      const todo = current.filter((clone) => names.has(clone.name) && !actions.isInTargetState(clone));
      if (todo.length > 0) await actions.submit(todo);
      active.push(...next);
      pause = PAUSE.first;
    }

    const polledAt = host.uptime();
    current = await readUnits(host, clones);
    const minimumPause = PAUSE_PER_POLL * (host.uptime() - polledAt);
    const finished = new Set(current.filter(actions.isFinished).map(({ name }) => name));
    active = active.filter((chain) => !chain.every((name) => finished.has(name)));
    const incomplete = actions.followUp?.(current) ?? NONE;
    const left = deadline - host.uptime();
    if (left <= 0 || (active.length === 0 && queue.length === 0 && incomplete.size === 0)) {
      const names = current.map(({ name }) => name);
      const pending = names.filter((name) => !finished.has(name) || incomplete.has(name));
      return { clones: current, queued: new Set(queue.flat()), pending: new Set(pending) };
    }
    if (queue.length === 0 || active.length === concurrency) {
      await host.sleep(Math.min(Math.max(pause, minimumPause), left));
    }
  }
}
