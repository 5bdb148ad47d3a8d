import { expect } from '@jest/globals';
import { arrivals } from '../../load/schedule/arrivals.ts';
import type { RunRecord } from '../../model/load/record.ts';
import type { LoadTest } from '../load/load-test.ts';
import { countBy, inWords } from '../load/statistics.ts';

/**
 * Expects of a test on one host that each scheduled arrival has one record, and that the result counts all of them.
 *
 * @param expected - Number of arrivals
 * @returns The records, and those of arrivals that were run
 */
export async function expectAllRecorded(
  test: LoadTest,
  expected: number,
  found: (text: string) => void,
): Promise<{ records: RunRecord[]; ran: RunRecord[] }> {
  const [host] = test.hosts;
  if (!host) throw new Error('the test has no host');
  const plan = await test.plan(host);
  const records = await test.records(host);
  const { result } = await test.ended;
  const scheduled = [...arrivals(plan.profile, plan.roster)].map(({ number }) => number);
  expect(scheduled).toHaveLength(expected);
  expect(records.map(({ number }) => number).sort((a, b) => a - b)).toEqual(scheduled);

  const outcomes = countBy(records, ({ outcome }) => outcome);
  found(`${records.length} records: ${inWords(outcomes)}`);
  expect(result.total.outcomes).toEqual(outcomes);
  const ran = records.filter(({ started }) => started !== null);
  expect(result.total.latencies.total?.count).toBe(ran.length);
  return { records, ran };
}
