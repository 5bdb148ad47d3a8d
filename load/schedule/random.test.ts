import { describe, expect, test } from '@jest/globals';
import { fc } from '../../validation/testing/fast-check.ts';
import { exponential, naturalLogarithm } from './exponential.ts';
import { randomOf, shuffled } from './random.ts';

const seeds = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 4 });

describe('randomOf', () => {
  test('keeps its numbers, on which schedules of earlier tests depend', () => {
    const random = randomOf(1, 2);
    expect([random(), random(), random()]).toEqual([
      0.6455603022129408, 0.9164151551870162, 0.7710034671063145,
    ]);
  });

  test('gives numbers from 0 to below 1, the same ones for the same seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, two] = [randomOf(...seed), randomOf(...seed)];
        const numbers = Array.from({ length: 100 }, one);
        expect(numbers).toEqual(Array.from({ length: 100 }, two));
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      }),
    );
  });

  test('gives other numbers for another seed', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, other) => {
        fc.pre(seed.join() !== other.join());
        expect(randomOf(...seed)()).not.toBe(randomOf(...other)());
      }),
    );
  });

  test('fills ten equal parts equally (chi-squared, 9 degrees of freedom, p = 0.0001)', () => {
    const random = randomOf(7);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const part = Math.floor(random() * 10);
      counts[part] = (counts[part] as number) + 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(33.7);
  });
});

describe('shuffled', () => {
  test('has each number once', () => {
    fc.assert(
      fc.property(fc.nat(300), seeds, (count, seed) => {
        const order = shuffled(count, randomOf(...seed));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });
});

describe('naturalLogarithm', () => {
  test('agrees with Math.log to 15 digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-16, max: 1e6, noNaN: true }), (number) => {
        const want = Math.log(number);
        expect(Math.abs(naturalLogarithm(number) - want)).toBeLessThanOrEqual(
          1e-15 * Math.max(1, Math.abs(want)),
        );
      }),
    );
  });
});

describe('exponential', () => {
  test('has a mean and a standard deviation of 1', () => {
    const random = randomOf(3);
    const numbers = Array.from({ length: 100_000 }, () => exponential(random));
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
    expect(mean).toBeCloseTo(1, 1.5);
    expect(Math.sqrt(variance)).toBeCloseTo(1, 1.5);
  });
});
