import type { Random } from './random.ts';

/** A random number with an exponential distribution of mean 1. */
export function exponential(random: Random): number {
  return -naturalLogarithm(1 - random());
}

/**
 * The natural logarithm of a positive number.
 *
 * ECMAScript leaves the last digits of `Math.log` to the engine. This one uses only operations that IEEE 754 defines to
 * the last bit, so hosts with different versions of Node compute the same schedule.
 */
export function naturalLogarithm(number: number): number {
  let [fraction, exponent] = [number, 0];
  for (; fraction < Math.SQRT1_2; fraction *= 2) exponent -= 1;
  for (; fraction > Math.SQRT2; fraction /= 2) exponent += 1;
  // ln x = 2 artanh((x - 1) / (x + 1)), as a power series that converges quickly near 1.
  const z = (fraction - 1) / (fraction + 1);
  let [sum, power] = [0, z];
  for (let i = 1; i < 24; i += 2) {
    sum += power / i;
    power *= z * z;
  }
  return 2 * sum + exponent * Math.LN2;
}
