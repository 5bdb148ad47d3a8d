import type { CloneStatus } from './clone-status.ts';

/** Progress of a start. */
export interface Progress {
  /** Number of clones that are starting or waiting for their turn. */
  readonly to_go: number;
  /** Clones started per second within the last minute; null if there were none. */
  readonly per_second: number | null;
  /** Estimated time until all clones run, at this rate. */
  readonly seconds_left: number | null;
}

/** Period for the rate: long enough for a slow host, short enough to notice when a host becomes slower. */
const WINDOW_MS = 60_000;

/**
 * Estimates the progress of a start from the start times of running clones.
 *
 * @param now - milliseconds since 1970
 * @returns undefined if no clone is starting
 */
export function progressOf(clones: readonly CloneStatus[], now: number): Progress | undefined {
  const toGo = clones.filter(({ state }) => state === 'starting').length;
  if (toGo === 0) return undefined;
  const ages = clones
    .flatMap(({ since }) => (since === null ? [] : [now - Date.parse(since)]))
    .filter((age) => age <= WINDOW_MS);
  if (ages.length === 0) return { to_go: toGo, per_second: null, seconds_left: null };

  // Start times have a resolution of one second.
  const rate = ages.length / Math.max(1, Math.max(...ages) / 1000);
  return {
    to_go: toGo,
    per_second: Math.round(rate * 10) / 10,
    seconds_left: Math.ceil(toGo / rate),
  };
}
