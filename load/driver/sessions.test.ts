import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Arrival } from '../../model/load/roster.ts';
import { clock } from '../testing/clock.ts';
import { BEGIN, planOf } from '../testing/plan.ts';
import type { Connect, Listener } from './connection.ts';
import { CloneSessions } from './sessions.ts';

/** A session's script, as a test plays it. */
interface FakeScript extends Listener {
  readonly clone: string;
  readonly text: string;
  readonly lines: string[];
  isEnded: boolean;
}

let scripts: FakeScript[];
/** What becomes of the next connections: `ready`, or why they fail. */
let answer: string;

const connect: Connect = (clone, text, listener) => {
  const script: FakeScript = { clone, text, lines: [], isEnded: false, ...listener };
  scripts.push(script);
  const state = answer;
  setTimeout(() => (state === 'ready' ? script.onLine('ready') : script.onClose(state)), 100);
  const close = () => {
    script.isEnded = true;
    setTimeout(() => script.onClose('ended'), 50);
  };
  return { send: (line) => script.lines.push(line), end: close, destroy: close };
};

beforeEach(() => {
  jest.useFakeTimers({ now: BEGIN });
  scripts = [];
  answer = 'ready';
});
afterEach(() => {
  jest.useRealTimers();
});

function sessionsOf(plan = planOf()): CloneSessions {
  const paths = () => ({ summary: '/summary.yaml', ssldir: '/ssl' });
  return new CloneSessions(plan, paths, connect, clock);
}

const arrival = (at: number, clone = 0): Arrival => ({ number: 0, at, phase: 0, host: 0, clone });

/** The script reports a run that began now. */
function report(script: FakeScript | undefined, code = 0): void {
  for (const line of [`started=${Date.now()} ended=${Date.now() + 3} code=${code}`, ' Notice: x', 'end']) {
    script?.onLine(line);
  }
}

test('opens sessions with the clones, a few at a time', async () => {
  const clones = Array.from({ length: 40 }, (_, i) => `clone${i + 1}`);
  const groups = [{ base: 'debian-13', clones: 40 }];
  const plan = planOf({ clones, roster: { hosts: [{ name: 'host1.example', groups }] } });
  const opened = sessionsOf(plan).open(clones.map((_, i) => i));
  await jest.advanceTimersByTimeAsync(99);
  expect(scripts).toHaveLength(16);
  await jest.advanceTimersByTimeAsync(201);
  await opened;
  expect(scripts.map(({ clone }) => clone)).toEqual(clones);
});

describe('a run', () => {
  test('is a line to the script, with the number of the run', async () => {
    const sessions = sessionsOf();
    for (const number of [1, 2]) {
      const run = sessions.run(arrival(0));
      await jest.advanceTimersByTimeAsync(200);
      report(scripts[0], 2);
      expect(await run).toMatchObject({ outcome: 'changed', started: Date.now(), ended: Date.now() + 3 });
      expect(scripts[0]?.lines).toHaveLength(number);
    }
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.lines).toEqual(['- 1', '- 2']);
  });

  test('has the certname that churn gives the clone', async () => {
    const sessions = sessionsOf(planOf({}, { workload: { facts: null, agentOptions: [], churn: 60 } }));
    const run = sessions.run(arrival(40_000));
    await jest.advanceTimersByTimeAsync(200);
    report(scripts[0]);
    const { certname } = await run;
    expect(certname).toMatch(/^clone1-/);
    expect(scripts[0]?.lines).toEqual([`${certname} 1`]);
  });

  test('is killed if its clone ends, and the next one opens another session', async () => {
    const sessions = sessionsOf();
    const run = sessions.run(arrival(0));
    await jest.advanceTimersByTimeAsync(5000);
    scripts[0]?.onClose('its clone or its session ended');
    expect(await run).toEqual({
      started: BEGIN,
      ended: BEGIN + 5000,
      outcome: 'killed',
      message: 'its clone or its session ended',
    });
    const next = sessions.run(arrival(60_000));
    await jest.advanceTimersByTimeAsync(200);
    report(scripts[1]);
    expect(await next).toMatchObject({ outcome: 'ok' });
    expect(scripts[1]?.lines).toEqual(['- 2']);
  });

  test('opens another session if the clone was restarted between two runs', async () => {
    const sessions = sessionsOf();
    await Promise.all([sessions.open([0]), jest.advanceTimersByTimeAsync(200)]);
    scripts[0]?.onClose('its clone or its session ended');
    const run = sessions.run(arrival(0));
    await jest.advanceTimersByTimeAsync(200);
    report(scripts[1]);
    expect(await run).toMatchObject({ outcome: 'ok' });
  });

  test.each([
    ['Failed to connect to bus: Host is down', 'killed'],
    ['Failed to start transient service unit: Unit x.service was already loaded', 'locked'],
  ])('does not begin if there is no session: %s', async (why, outcome) => {
    answer = why;
    const run = sessionsOf().run(arrival(0));
    await jest.advanceTimersByTimeAsync(200);
    expect(await run).toEqual({ started: null, ended: null, outcome, message: why });
  });

  test('is given up if it does not end', async () => {
    const run = sessionsOf(planOf({}, { timeout: 60 })).run(arrival(0));
    await jest.advanceTimersByTimeAsync(89_900);
    expect(scripts[0]?.isEnded).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    expect(await run).toMatchObject({ outcome: 'timed_out' });
  });

  test('fails if the clone prints something else', async () => {
    const run = sessionsOf().run(arrival(0));
    await jest.advanceTimersByTimeAsync(200);
    for (const line of ['\u001b[31mroot was here', 'end']) scripts[0]?.onLine(line);
    expect(await run).toMatchObject({ outcome: 'killed', message: 'its session printed [31mroot was here' });
  });
});

test('each clone has facts of its own, which depend on the seed and the name', async () => {
  const facts = { count: 1, size: 1, depth: 0, changing: 0 };
  const seeds = async (seed: number) => {
    const sessions = sessionsOf(planOf({}, { seed, workload: { facts, agentOptions: [], churn: 0 } }));
    scripts = [];
    await Promise.all([sessions.open([0, 1, 2]), jest.advanceTimersByTimeAsync(200)]);
    return scripts.map(({ text }) => /-v seed=(\d+)/.exec(text)?.[1]);
  };
  const [one, same, other] = [await seeds(1), await seeds(1), await seeds(2)];
  expect(new Set(one).size).toBe(3);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test('closes all sessions, and waits for them until the deadline', async () => {
  const sessions = sessionsOf();
  await Promise.all([sessions.open([0, 1, 2]), jest.advanceTimersByTimeAsync(200)]);
  const closed = sessions.close(Date.now() + 60_000);
  await jest.advanceTimersByTimeAsync(100);
  await closed;
  expect(scripts.every(({ isEnded }) => isEnded)).toBe(true);
});
