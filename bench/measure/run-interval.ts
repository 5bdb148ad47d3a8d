/** Seconds of an interval per clone: twice what a run takes on two processors. */
const SECONDS_PER_CLONE = 1.8;

/** Intervals, in seconds, that a calendar timer can express. */
const INTERVALS = [60, 120, 180, 240, 300, 360, 600, 720, 900, 1200, 1800, 3600, 7200] as const;

/** The shortest interval, in seconds, that a fleet of this size does not saturate. */
export function intervalFor(clones: number): number {
  return INTERVALS.find((interval) => interval >= SECONDS_PER_CLONE * clones) ?? 7200;
}

/**
 * The highest number of starts within any second of the interval, including seconds that begin between two ticks.
 *
 * @param starts - Seconds since 1970
 * @param interval - Seconds
 */
export function peakStarts(starts: readonly number[], interval: number): number {
  const slots = starts.map((start) => start % interval).sort((a, b) => a - b);
  return Math.max(...slots.map((from, i) => slots.slice(i).filter((slot) => slot < from + 1).length));
}
