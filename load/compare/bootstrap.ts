import type { Random } from '../schedule/random.ts';
import { drawerOf, everything } from './draw.ts';
import { estimatorOf, isMeasurable, type Question } from './estimate.ts';
import type { Sample } from './sample.ts';

/** A figure on both sides, with the interval of its difference. NaN where it was not measured. */
export interface Difference {
  readonly before: number;
  readonly after: number;
  /** Null if there are too few blocks or runs. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** Draws with replacement that lie beyond an interval, and the maximum number of draws for that. */
const DRAWS_BEYOND = 50;
const DRAWS_MAX = 4000;

/** Blocks on each side below which the spread between blocks says nothing. */
const BLOCKS_MIN = 8;

/** How to draw. */
export interface BootstrapOptions {
  readonly random: Random;
  /** Both samples are of the same windows, so that the same ones are drawn on both sides: what they share cancels out. */
  readonly paired: boolean;
  /** Probability that all intervals hold, from 0 to 1. */
  readonly confidence: number;
}

/**
 * Compares figures of two samples by a block bootstrap. With the given confidence, all intervals hold at the same time:
 * their width is a multiple of the standard errors that the largest of all deviations exceeds as rarely as that. With 95 %
 * each, a hundred separate intervals would make five false claims.
 */
export function differencesOf(
  before: Sample,
  after: Sample,
  questions: readonly Question[],
  { random, paired, confidence }: BootstrapOptions,
): Difference[] {
  const [first, second] = [estimatorOf(before, questions), estimatorOf(after, questions)];
  const [one, other] = [first(everything(before)), second(everything(after))];
  const [drawFirst, drawSecond] = [drawerOf(before, random), drawerOf(after, random)];
  const draws = Math.min(DRAWS_MAX, Math.ceil(DRAWS_BEYOND / (1 - confidence)));
  const drawn = Array.from({ length: draws }, () => {
    const weights = drawFirst();
    const from = first(weights);
    return second(paired ? weights : drawSecond()).map((value, index) => value - (from[index] as number));
  });
  const enough = Math.min(before.flat().length, after.flat().length) >= BLOCKS_MIN;
  const errors = questions.map((question, index) =>
    enough && isMeasurable(before.flat(), question) && isMeasurable(after.flat(), question)
      ? standardError(drawn.map((differences) => differences[index] as number))
      : null,
  );
  const differences = one.map((value, index) => (other[index] as number) - value);
  const factor = factorOf(drawn, errors, differences, confidence);
  const inflation = smallSample(before, after, factor);
  return questions.map((_, index) => {
    const [from, to, error] = [one[index] as number, other[index] as number, errors[index] ?? null];
    const half = error === null ? Number.NaN : factor * inflation * error;
    const difference = to - from;
    return {
      before: from,
      after: to,
      interval: Number.isNaN(half + difference) ? null : { low: difference - half, high: difference + half },
    };
  });
}

/** Null if a draw had no value. */
function standardError(values: readonly number[]): number | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Number.isNaN(variance) ? null : Math.sqrt(variance);
}

/** Multiple of the standard errors within which all differences of a draw lie, for as many draws as the confidence says. */
function factorOf(
  drawn: readonly Float64Array[],
  errors: readonly (number | null)[],
  differences: Float64Array,
  confidence: number,
): number {
  const largest = drawn.map((draw) =>
    errors.reduce<number>((most, error, index) => {
      if (error === null || error === 0) return most;
      return Math.max(most, Math.abs((draw[index] as number) - (differences[index] as number)) / error);
    }, 0),
  );
  return largest.sort((a, b) => a - b)[Math.ceil(confidence * largest.length) - 1] as number;
}

/**
 * By how much intervals are too narrow because there are few blocks: a bootstrap of n blocks underestimates the variance by
 * (n - 1) / n, and the multiple of an error that was itself estimated is that of Student's distribution (its expansion for
 * many degrees of freedom).
 */
function smallSample(before: Sample, after: Sample, factor: number): number {
  const fewest = Math.max(2, Math.min(before.flat().length, after.flat().length));
  // Both sides together have more degrees of freedom, unless one of them makes for all of the variance.
  const freedom = fewest - 1;
  return Math.sqrt(fewest / freedom) * (1 + (factor ** 2 + 1) / (4 * freedom));
}
