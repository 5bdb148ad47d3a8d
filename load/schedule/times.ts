import type { Phase, Profile, Stream } from '../../model/load/profile.ts';
import { exponential } from './exponential.ts';
import { merge } from './merge.ts';
import { PURPOSE, type Random, randomOf } from './random.ts';

/**
 * Times of all arrivals in a phase, ascending, in whole milliseconds since the phase began.
 *
 * @param index - Index of the phase in the profile
 * @param clones - Number of clones that take part
 */
export function timesOf(
  { seed, arrivals, phases }: Profile,
  index: number,
  clones: number,
): Iterable<number> {
  const { length, streams } = phases[index] as Phase;
  return merge(
    streams.map((stream, i) => {
      const times = streamTimes(
        stream,
        clones,
        arrivals === 'poisson' ? randomOf(seed, PURPOSE.gaps, index, i) : null,
      );
      return within(times, stream.at, length);
    }),
  );
}

/** Shifts times to where their stream begins, and ends with the phase. */
function* within(times: Iterable<number>, at: number, length: number): Generator<number> {
  for (const time of times) {
    const shifted = Math.floor(at + time);
    if (shifted >= length) return;
    yield shifted;
  }
}

/** @param random - Null for even gaps */
function streamTimes(stream: Stream, clones: number, random: Random | null): Iterable<number> {
  const { kind } = stream;
  switch (kind) {
    case 'rate':
      return atRate(stream.from / 60_000, stream.to / 60_000, stream.length, random);
    case 'interval':
      return atRate(clones / stream.interval, clones / stream.interval, stream.length, random);
    case 'once':
      return spread(clones, stream.length, random);
    case 'times':
      return stream.times;
  }
}

/**
 * Arrivals at a rate that changes linearly over the length: one whenever the integral of the rate passes the middle
 * between two whole numbers, or at the points of a Poisson process.
 *
 * @param from - Arrivals a millisecond at the beginning
 * @param to - The same at the end
 */
function* atRate(from: number, to: number, length: number, random: Random | null): Generator<number> {
  const total = ((from + to) / 2) * length;
  const slope = length > 0 ? (to - from) / length : 0;
  let arrived = random ? exponential(random) : 0.5;
  while (arrived < total) {
    // Solves from·t + slope·t²/2 = arrived, in the form that does not cancel out for small slopes.
    yield (2 * arrived) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * arrived)));
    arrived += random ? exponential(random) : 1;
  }
}

/** A fixed number of arrivals over the length: in the middle of equal parts, or where a Poisson process would have them. */
function* spread(count: number, length: number, random: Random | null): Generator<number> {
  const gaps = Float64Array.from({ length: count + 1 }, (_, i) => {
    if (random) return exponential(random);
    return i === 0 || i === count ? 0.5 : 1;
  });
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let sum = 0;
  for (const gap of gaps.subarray(0, count)) {
    sum += gap;
    yield (sum / total) * length;
  }
}
