import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProfile } from '../load/profile/read-profile.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './load_search.ts';
import { FakeHost } from './testing/host.ts';

const { profile } = readProfile(
  'phases: [{ kind: herd, within: 1m }]\nslo: [p95(total) <= 10s]\nbases: [alma-9]\nseed: 4\n',
  'my.yaml',
);

interface SearchAnswer {
  readonly done: boolean;
  readonly next: { readonly runsPerMinute: number; readonly confirm: boolean } | null;
  readonly answer: object;
}

describe('load_search', () => {
  let host: FakeHost;
  beforeAll(() => {
    host = new FakeHost({});
  });
  afterAll(() => host.remove());
  const search = (input: object) =>
    perform(definition, run, JSON.stringify({ profile, ...input }), host) as Promise<unknown>;

  test('begins with the first load, and tells how long the search takes at most', async () => {
    expect(await search({ start: 20 })).toEqual({
      done: false,
      next: {
        number: 1,
        runsPerMinute: 20,
        seconds: 180,
        confirm: false,
        profile: expect.objectContaining({
          name: 'capacity 20',
          seed: 4,
          bases: ['alma-9'],
          slo: profile.slo,
        }),
      },
      answer: expect.objectContaining({ runsPerMinute: null, endedBy: null, runInterval: 1800 }),
      planned: { steps: 16, seconds: 15 * 180 + 300 },
      text: 'Step 1 of at most 16: 20 runs a minute for 180 s',
    });
  });

  test('finds the capacity of a server, step by step as the plan does', async () => {
    const history: object[] = [];
    for (;;) {
      const { done, next, answer } = (await search({
        history,
        run_interval: 60,
        tolerance: 20,
      })) as SearchAnswer;
      if (done || next === null) {
        expect(next).toBeNull();
        expect(answer).toMatchObject({
          runsPerMinute: 14.1,
          range: [14.1, 16.8],
          agents: 14,
          confirmed: true,
          endedBy: 'server',
          text: 'The server takes 14.1 runs a minute, or 14 agents with a run every minute. It failed at 16.8 (16 agents).',
        });
        break;
      }
      const passed = next.runsPerMinute <= 15;
      history.push({ ...next, passed, refused: false, id: `test-${history.length}` });
    }
    expect(history.length).toBe(5);
  });

  test('takes the lengths of steps from the plan', async () => {
    expect(await search({ step_seconds: 30, confirm_seconds: 40, steps: 2, most: 5 })).toMatchObject({
      next: { runsPerMinute: 5, seconds: 30 },
      planned: { steps: 2, seconds: 70 },
    });
  });

  test('refuses a history and a profile that are none', async () => {
    expect(await search({ history: [{ runsPerMinute: 0 }], profile: { name: 'x' } })).toMatchObject({
      _error: {
        kind: 'clone_army/bad-input',
        msg: expect.stringMatching(
          /^The search cannot go on: .*history\.0\.runsPerMinute must be > 0.*profile must have/,
        ),
      },
    });
  });
});
