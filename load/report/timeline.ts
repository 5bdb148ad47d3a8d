import type { Profile } from '../../model/load/profile.ts';
import type { Result, ResultWindow } from '../../model/load/result.ts';
import { stagesOf } from '../stages.ts';
import type { Span } from './chart.ts';

/** Phases of a profile, in seconds since the test began. */
export function phaseSpans(profile: Profile): Span[] {
  return stagesOf(profile.phases).map(({ name, from, to }) => ({ name, from: from / 1000, to: to / 1000 }));
}

/** Warm-ups and cool-downs of a profile, in seconds since the test began. */
export function unmeasuredSpans(profile: Profile): Span[] {
  return stagesOf(profile.phases)
    .flatMap(({ from, measuredFrom, measuredTo, to }) => [
      { name: 'warm-up', from: from / 1000, to: measuredFrom / 1000 },
      { name: 'cool-down', from: measuredTo / 1000, to: to / 1000 },
    ])
    .filter((span) => span.from < span.to);
}

/** A window of a result, or one in which nothing arrived or ended. */
export interface TimedWindow {
  /** Seconds since the test began. */
  readonly from: number;
  readonly seconds: number;
  readonly window: ResultWindow | null;
}

/** All windows of a result, in order, with those that it leaves out because nothing arrived or ended in them. */
export function timedWindows({
  windows,
  windowLength,
}: Pick<Result, 'windows' | 'windowLength'>): TimedWindow[] {
  let reached = 0;
  return windows.flatMap((window) => {
    const empty = emptyWindows(reached, window.at, windowLength);
    reached = window.at + window.length;
    return [...empty, { from: window.at / 1000, seconds: window.length / 1000, window }];
  });
}

function emptyWindows(from: number, to: number, length: number): TimedWindow[] {
  const count = Math.max(0, Math.ceil((to - from) / length));
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * length;
    return { from: at / 1000, seconds: Math.min(length, to - at) / 1000, window: null };
  });
}
