import path from 'node:path';
import { afterAll, expect } from '@jest/globals';
import fs from 'fs-extra';
import { stringify } from 'yaml';
import { configureCapacity } from '../../lab/server/capacity.ts';
import { requestsBetween } from '../load/access-log.ts';
import { RESULTS } from '../load/load-test.ts';
import { runPlan } from '../load/run-plan.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

/** Seconds beyond the time that is told beforehand: each test has to begin, and its result to be made. */
const SECONDS_EACH = 90;

/**
 * A profile for compilations of this many seconds. Each of the five requests of a run can wait for the compilation of
 * another, long before the server is at its limit. A compilation also lets all requests behind it through at once, so that
 * runs arrive at the next one together: with the JRuby busy for 93 % of the time, p95 is nine compilations. The limit of the
 * latency leaves room for that; a higher one would only make the search longer.
 */
const profileFor = (seconds: number) => ({
  phases: [{ kind: 'steady', runs_per_minute: 10, for: '60s' }],
  slo: ['failed = 0', 'dropped = 0', `p95(total) <= ${12 * seconds}s`],
});

/** What the plan writes to `capacity.json`. */
interface Found {
  readonly capacity: { readonly runsPerMinute: number | null; readonly text: string };
  readonly steps: readonly { readonly id: string }[];
}

afterAll(() => configureCapacity(server, {}));

for (const seconds of [4, 2]) {
  truth(
    `capacity, ${seconds} s`,
    'with one JRuby, the answer is within 10 % of the arithmetic, in the time told beforehand',
    async (found) => {
      await configureCapacity(server, { jrubies: 1, compileSeconds: seconds });
      const began = Date.now();
      const { answer, told } = await search(seconds);
      const took = (Date.now() - began) / 1000;
      const most = 60 / (await secondsOfJruby(began));
      found(`${answer.capacity.runsPerMinute} runs a minute; by arithmetic, at most ${most.toFixed(1)}`);
      found(`${answer.steps.length} tests in ${(took / 60).toFixed(0)} minutes, of at most ${told}`);

      expect(most).toBeLessThan(60 / seconds);
      const load = answer.capacity.runsPerMinute ?? 0;
      expect(Math.abs(load - most) / most).toBeLessThanOrEqual(0.1);
      expect(took).toBeLessThanOrEqual(told * 60 + answer.steps.length * SECONDS_EACH);
    },
  );
}

/**
 * Searches for the capacity, from half of what the compilations alone allow: the server has just been restarted, and has
 * to load its own code first. The tolerance is half of the error that the test allows: near the capacity, runs already
 * wait for each other. Also returns the minutes that the search says it will take.
 */
async function search(seconds: number): Promise<{ answer: Found; told: number }> {
  const name = `capacity-${seconds}s-${Date.now().toString(36)}`;
  const folder = path.join(RESULTS, name);
  const profile = `${folder}.yaml`;
  await fs.outputFile(profile, stringify({ name, ...profileFor(seconds) }));
  const { output } = await runPlan([first], 'capacity', {
    profile,
    folder,
    start: Math.round(32 / seconds),
    tolerance: 5,
  });
  const told = /takes at most \d+ tests and (\d+) minutes/.exec(output)?.[1];
  const file = path.join(folder, 'capacity.json');
  if (!told || !(await fs.pathExists(file))) throw new Error(`there is no answer: ${output}`);
  return { answer: await fs.readJson(file), told: Number(told) };
}

/** Seconds for which a run held a JRuby, by the server's access log: the mean of all runs since a time (ms). */
async function secondsOfJruby(since: number): Promise<number> {
  const requests = await requestsBetween(server, since, Date.now());
  const catalogs = requests.filter(({ route, status }) => route === 'catalog' && status === 200);
  return requests.reduce((sum, { borrowed }) => sum + borrowed, 0) / 1000 / catalogs.length;
}
