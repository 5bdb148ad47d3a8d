import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { fc } from '../../validation/testing/fast-check.ts';
import { clock } from '../testing/clock.ts';
import { type ClockProbe, measureOffset } from './server-clock.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 24, 13) });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A server whose clock is behind by so much, with times on the way there and back. */
function probe(behind: number, there: () => number, back: () => number): ClockProbe {
  return {
    ...clock,
    ask: async () => {
      await clock.sleep(there());
      const date = Math.floor((Date.now() - behind) / 1000) * 1000;
      await clock.sleep(back());
      return date;
    },
  };
}

async function measured(clock: ClockProbe) {
  const offset = measureOffset(clock);
  await jest.advanceTimersByTimeAsync(60_000);
  return offset;
}

test.each([0, 3, -250, 4321.5])(
  'finds an offset of %d ms within the uncertainty it tells',
  async (behind) => {
    const result = await measured(
      probe(
        behind,
        () => 2,
        () => 2,
      ),
    );
    expect(Math.abs((result?.offset ?? Number.NaN) - behind)).toBeLessThanOrEqual(result?.uncertainty ?? 0);
    expect(result?.uncertainty).toBeLessThanOrEqual(10);
  },
);

test('the uncertainty holds for connections of any speed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -5000, max: 5000 }),
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 9 }),
      async (behind, delays) => {
        let i = 0;
        const delay = () => delays[i++ % delays.length] as number;
        const result = await measured(probe(behind, delay, delay));
        expect(result).not.toBeNull();
        expect(Math.abs((result?.offset ?? Number.NaN) - behind)).toBeLessThanOrEqual(
          (result?.uncertainty ?? 0) + 0.5,
        );
      },
    ),
    { numRuns: 50 },
  );
});

test('knows nothing if the server does not answer, or does not tell its time', async () => {
  expect(await measured({ ...clock, ask: async () => null })).toBeNull();
});

test('gives up on a clock that stands still', async () => {
  const asked = measureOffset({ ...clock, ask: async () => 5000 });
  const begin = Date.now();
  await jest.advanceTimersByTimeAsync(3000);
  expect(await asked).toBeNull();
  expect(Date.now() - begin).toBeLessThanOrEqual(3000);
});
