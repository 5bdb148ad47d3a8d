import { expect } from '@jest/globals';
import { reports } from '../../lab/server/record.ts';
import { GOOD, type RunRecord } from '../../model/load/record.ts';
import { requestsBetween } from '../load/access-log.ts';
import type { LoadTest } from '../load/load-test.ts';
import { countBy, inWords } from '../load/statistics.ts';
import { clonesOf, server } from './lab.ts';

/** Outcomes that differ in what the server records of a run. */
const OUTCOMES = ['ok', 'changed', 'failed_resources', 'catalog_failed'];

/**
 * Compares the result of a test on one host with what the server recorded: runs by outcome with the statuses of reports,
 * and with the HTTP statuses of catalogs in the access log.
 */
export async function compareCounts(test: LoadTest, found: (text: string) => void): Promise<void> {
  const [host] = test.hosts;
  if (!host) throw new Error('the test has no host');
  const { from, to } = await test.period();
  const records = await test.records(host);
  const { result } = await test.ended;
  const ran = records.filter(({ started }) => started !== null);
  const outcomes = countBy(ran, ({ outcome }) => outcome);
  found(`${records.length} arrivals, ${ran.length} runs: ${inWords(outcomes)}`);

  expect(result.total.arrivals).toBe(records.length);
  expect(result.total.outcomes).toMatchObject(outcomes);
  // A run with another outcome may or may not have got a catalog. The profile gives no cause for any.
  expect(Object.keys(outcomes).filter((outcome) => !OUTCOMES.includes(outcome))).toEqual([]);

  const clones = new Set(clonesOf(host).values());
  const requests = await requestsOf(test);
  const catalogs = countBy(
    requests.filter(({ route }) => route === 'catalog'),
    ({ status }) => (status === 200 ? 'compiled' : 'failed'),
  );
  const sent = requests.filter(
    ({ route, method, status }) => route === 'report' && method === 'PUT' && status === 200,
  );
  found(`access log: ${catalogs.compiled} catalogs, ${catalogs.failed ?? 0} failed, ${sent.length} reports`);
  const failed = outcomes.catalog_failed ?? 0;
  expectEqual(catalogs.compiled ?? 0, ran.length - failed);
  expectEqual(catalogs.failed ?? 0, failed);
  expectEqual(sent.length, ran.length);

  const statuses = await reportStatuses([...clones], from, to);
  found(`reports: ${inWords(statuses)}`);
  expectEqual(statuses.unchanged ?? 0, outcomes.ok ?? 0);
  expectEqual(statuses.changed ?? 0, outcomes.changed ?? 0);
  expectEqual(statuses.failed ?? 0, ran.filter(isFailed).length);
}

/**
 * What the clones of a test's first host asked the server for while it lasted. Some requests name no clone.
 *
 * @param count - Clones of each base image
 */
export async function requestsOf(test: LoadTest, count?: number) {
  const [host] = test.hosts;
  const { from, to } = await test.period();
  const clones = new Set(host && clonesOf(host, count).values());
  return (await requestsBetween(server, from, to)).filter(({ name }) => clones.has(name));
}

/** Equal to 1 %. */
export function expectEqual(counted: number, recorded: number): void {
  expect(Math.abs(counted - recorded)).toBeLessThanOrEqual(recorded / 100);
}

const isFailed = ({ outcome }: RunRecord) => !GOOD.includes(outcome);

/** Statuses of the reports that the server stored in a period (ms). */
async function reportStatuses(
  certnames: readonly string[],
  from: number,
  to: number,
): Promise<Record<string, number>> {
  const texts = (await Promise.all(certnames.map((name) => reports(server, name, from, to)))).flat();
  return countBy(texts, (text) => /^status: (\w+)$/m.exec(text)?.[1] ?? 'unknown');
}
