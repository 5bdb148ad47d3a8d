import { expect, test } from '@jest/globals';
import type { Stream } from '../../model/load/profile.ts';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { arrivals } from './arrivals.ts';

const MINUTE = 60_000;

test('arrivals of 100 hosts with 2,000 clones each in a day, 9.6 million, take seconds and little memory', () => {
  const hosts = rosterOf(...Array.from({ length: 100 }, () => ({ debian: 1200, alma: 800 })));
  const day = 24 * 60 * MINUTE;
  const interval: Stream = { kind: 'interval', at: 0, length: day, interval: 30 * MINUTE };
  const some = profileOf([phaseOf([interval], { length: day })]);
  const begin = process.cpuUsage();
  const before = process.memoryUsage().heapUsed;
  let [count, most] = [0, 0];
  for (const { number } of arrivals(some, hosts)) {
    count += 1;
    if (number % 1_000_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  expect(count).toBe(9_600_000);
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(20);
  expect(most).toBeLessThan(200e6);
});
