import type { CloneStatus } from './clone-status.ts';

/** How a start goes that is under way. */
export interface Progress {
  /** Clones that systemd is about to start. */
  readonly to_go: number;
  /** Clones that came up in a second, over the last minute or since the first of them; null where there were none. */
  readonly per_second: number | null;
  /** How long the rest takes at this rate. */
  readonly seconds_left: number | null;
}

/** How far one looks back for the rate: long enough for a slow host, and short enough for one that slows down. */
const WINDOW_MS = 60_000;

/**
 * Reckons from the starts of the clones that run.
 *
 * @param now - milliseconds since 1970
 * @returns undefined, where nothing starts
 */
export function progressOf(clones: readonly CloneStatus[], now: number): Progress | undefined {
  const toGo = clones.filter(({ state }) => state === 'starting').length;
  if (toGo === 0) return undefined;
  const ages = clones
    .flatMap(({ since }) => (since === null ? [] : [now - Date.parse(since)]))
    .filter((age) => age <= WINDOW_MS);
  if (ages.length === 0) return { to_go: toGo, per_second: null, seconds_left: null };

  // Times are of whole seconds.
  const rate = ages.length / Math.max(1, Math.max(...ages) / 1000);
  return {
    to_go: toGo,
    per_second: Math.round(rate * 10) / 10,
    seconds_left: Math.ceil(toGo / rate),
  };
}
