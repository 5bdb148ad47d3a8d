import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { arrivals } from '../../load/schedule/arrivals.ts';
import { LoadTest, steady } from '../load/load-test.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

/** Milliseconds from the begin of the test until the server stops, and for which it is stopped. */
const STOP_AT = 40_000;
const STOPPED_FOR = 20_000;

truth(
  'omission',
  'runs that are due while the server stands still have their wait counted',
  async (found) => {
    const test = new LoadTest([first], 'omission', steady(24, '120s'));
    const plan = await test.plan(first);
    const begin = plan.begin;
    await sleep(begin + STOP_AT - Date.now());
    const window = await stopServer(STOPPED_FOR);
    const { result } = await test.ended;

    const isDue = (at: number) => at >= window.from && at < window.to;
    const scheduled = [...arrivals(plan.profile, plan.roster)].filter(({ at }) => isDue(begin + at));
    const records = (await test.records(first)).filter(({ due }) => isDue(due));
    found(`${records.length} runs were due in ${((window.to - window.from) / 1000).toFixed(1)} s`);
    expect(scheduled.length).toBeGreaterThan(5);
    expect(records.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      scheduled.map(({ number }) => number),
    );

    // No run ends without the server. So each lasted at least until that went on.
    const waits = records.map(({ due, ended }) => ({ waited: (ended ?? 0) - due, least: window.to - due }));
    for (const { waited, least } of waits) expect(waited).toBeGreaterThanOrEqual(least);
    const longest = Math.max(...waits.map(({ waited }) => waited)) / 1000;
    const told = result.total.latencies.total?.max ?? 0;
    found(`the longest took ${longest.toFixed(1)} s; the result says ${told.toFixed(1)} s at most`);
    // A histogram has three significant digits.
    expect(told).toBeGreaterThanOrEqual(longest * 0.998);
  },
);

/** Stops the server's process for a time, and lets it go on, whatever happens. Returns when it certainly stood still. */
async function stopServer(milliseconds: number): Promise<{ from: number; to: number }> {
  const signal = (name: string) => server.output(`systemctl kill --signal=${name} puppetserver.service`);
  try {
    await signal('STOP');
    const from = Date.now();
    await sleep(milliseconds);
    return { from, to: Date.now() };
  } finally {
    await signal('CONT');
  }
}
