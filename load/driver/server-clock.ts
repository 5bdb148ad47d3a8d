import * as https from 'node:https';
import { getPage } from '../../tasks/lib/systemd/get-page.ts';
import { STATUS_LIMITS } from './status-limits.ts';

/** Difference between two clocks in milliseconds. */
export interface ClockOffset {
  /** By how much this host's clock is ahead. */
  readonly offset: number;
  /** The true offset differs by no more than this. */
  readonly uncertainty: number;
}

/** An answer with the server's time. All times are in milliseconds since 1970. */
export interface TimedAnswer {
  /** When this host asked, and when it had the answer. */
  readonly sent: number;
  readonly received: number;
  /** The server's time, without its milliseconds. */
  readonly date: number;
}

/** Milliseconds between two questions: until the first change of the second, and around the next one. */
const COARSE = 100;
const FINE = 10;

/** Milliseconds before the change of the second when questions become frequent. */
const LEAD = 80;

/** Milliseconds after which the search for a change of the second ends. */
const PATIENCE = 1500;

/** What {@link measureOffset} works with. */
export interface ClockProbe {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** The server's time in whole seconds; null if it does not answer. */
  ask(): Promise<number | null>;
}

/**
 * Measures the offset of this host's clock to that of a server which tells whole seconds, as HTTP servers do: it changed
 * to the next second between the question before and the answer after. Takes two to three seconds.
 *
 * @returns null if the server does not answer, or its clock seems to stand still
 */
export async function measureOffset(probe: ClockProbe): Promise<ClockOffset | null> {
  const rough = await findChange(probe, COARSE);
  if (rough === null) return null;
  // Ask more often around the next change.
  const left = (rough.earliest + rough.latest) / 2 + 1000 - probe.now();
  await probe.sleep(Math.max(0, left - LEAD));
  const fine = await findChange(probe, FINE);
  return offsetOf(
    fine === null || fine.latest - fine.earliest > rough.latest - rough.earliest ? rough : fine,
  );
}

/** When the server's clock changed to a second, by this host's clock. */
interface Change {
  readonly earliest: number;
  readonly latest: number;
  readonly date: number;
}

function offsetOf({ earliest, latest, date }: Change): ClockOffset {
  const middle = (earliest + latest) / 2;
  return { offset: Math.round(middle - date), uncertainty: Math.ceil((latest - earliest) / 2) };
}

async function findChange(probe: ClockProbe, pause: number): Promise<Change | null> {
  const deadline = probe.now() + PATIENCE;
  let before = await askOnce(probe);
  while (before !== null && probe.now() < deadline) {
    await probe.sleep(pause);
    const answer = await askOnce(probe);
    if (answer !== null && answer.date > before.date) {
      return { earliest: before.sent, latest: answer.received, date: answer.date };
    }
    before = answer;
  }
  return null;
}

async function askOnce(probe: ClockProbe): Promise<TimedAnswer | null> {
  const sent = probe.now();
  const date = await probe.ask();
  return date === null ? null : { sent, received: probe.now(), date };
}

/**
 * Creates a function that asks a Puppet server for its time, over one connection. The server is not verified: this is
 * about clocks only.
 */
export function serverTime(server: string, port = 8140): { ask: ClockProbe['ask']; close(): void } {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: async () => {
      try {
        return (await getPage({ host: server, port, path: '/status/v1/simple', agent, ...STATUS_LIMITS }))
          .date;
      } catch {
        return null;
      }
    },
    close: () => agent.destroy(),
  };
}
