import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { reports } from '../../lab/server/record.ts';
import { requestsBetween } from '../load/access-log.ts';
import { certnameOf, server, sh } from './support.ts';

/** Command on the host that runs the agent in clone1 as somebody would by hand, and waits for it. */
export const BY_HAND =
  'systemd-run --quiet --wait --machine=clone1 puppet agent --onetime --no-daemonize --no-splay';

/** Bytes by which the facts of two runs may differ: some values differ by some digits. */
const FACTS = 200;

/** What the server sees of a run in clone1 that a command on the host starts and waits for. */
export async function serverView(command: string) {
  // The log has whole seconds.
  await sleep(1100);
  const since = Date.now();
  await sh(command);
  const requests = await requestsBetween(server, since, Date.now());
  const [report] = await reports(server, certnameOf('clone1'), since);
  return {
    requests: requests.map(({ method, route, name, status, version }) => ({
      method,
      route,
      name,
      status,
      version,
    })),
    facts: requests.find(({ route }) => route === 'catalog')?.sent ?? 0,
    report: report?.match(/^\S+:|^ {2}\S+:$/gm),
  };
}

/** Expects the server to have seen the same of two runs. */
export function expectSameView(one: View, other: View): void {
  expect(one.requests.length).toBeGreaterThan(3);
  expect({ ...one, facts: 0 }).toEqual({ ...other, facts: 0 });
  expect(Math.abs(one.facts - other.facts)).toBeLessThan(FACTS);
}

type View = Awaited<ReturnType<typeof serverView>>;
