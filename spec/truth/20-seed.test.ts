import { expect } from '@jest/globals';
import type { RunRecord } from '../../model/load/record.ts';
import { type LoadTest, loadTest, steady } from '../load/load-test.ts';
import { percentile } from '../load/statistics.ts';
import { lab } from './lab.ts';
import { truth } from './table.ts';

/** Milliseconds by which 99 % of the runs may start late. */
const LATE = 50;

/** Random gaps, and a load at which few runs overlap: five at a time already saturate two processors. */
const profile = (seed: number) => steady(6, '150s', { seed, arrivals: 'poisson' });

truth('seed', 'the same seed gives the same schedule, kept to 50 ms at p99', async (found) => {
  const tests = [await run(7), await run(7), await run(8)];
  const [schedule, again, other] = await Promise.all(tests.map(scheduleOf));
  expect(again).toEqual(schedule);
  expect(other).not.toEqual(schedule);

  for (const test of tests) {
    const late = (await recordsOf(test)).flatMap(({ started, due }) =>
      started === null ? [] : [started - due],
    );
    const p99 = percentile(late, 99);
    found(`${late.length} runs, late by ${p99.toFixed(0)} ms at p99`);
    expect(p99).toBeLessThanOrEqual(LATE);
  }
});

const run = (seed: number) => loadTest(lab.cloneHosts, `seed-${seed}`, profile(seed));

/** Number, clone and time of each arrival, over all hosts. */
async function scheduleOf(test: LoadTest) {
  const parts = await Promise.all(
    test.hosts.map(async (host) => {
      const { begin } = await test.plan(host);
      return (await test.records(host)).map(({ number, clone, due }) => ({
        number,
        clone: `${clone} on ${host.target}`,
        // The begin has a fraction of a millisecond or an offset of the clock, the schedule has not.
        at: Math.round(due - begin),
      }));
    }),
  );
  return parts.flat().sort((a, b) => a.number - b.number);
}

async function recordsOf(test: LoadTest): Promise<RunRecord[]> {
  return (await Promise.all(test.hosts.map((host) => test.records(host)))).flat();
}
