import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { perform } from './lib/main.ts';
import { definition, run } from './load_profile.ts';
import { FakeHost } from './testing/host.ts';

const STEADY =
  'phases:\n  - { kind: steady, runs_per_minute: 60, for: 10m }\n  - { kind: herd, within: 90s }\n';
const REPLAY = 'phases:\n  - { kind: replay, file: a.log, for: 1m }\n';

describe('load_profile', () => {
  let host: FakeHost;
  beforeAll(() => {
    host = new FakeHost({});
  });
  afterAll(() => host.remove());
  const check = (input: object) => perform(definition, run, JSON.stringify(input), host);

  test('answers the profile with all defaults, and how long it takes', async () => {
    expect(await check({ profile: STEADY, file: 'friday.yaml', seed: 9 })).toEqual({
      profile: expect.objectContaining({ name: 'friday', seed: 9, timeout: 600, arrivals: 'even' }),
      search: null,
      planned: {
        seconds: 690,
        phases: [
          { name: 'steady', seconds: 600 },
          { name: 'herd', seconds: 90 },
        ],
      },
      missing: [],
    });
  });

  test('answers what a search has to know', async () => {
    const profile = 'phases: [{ kind: search, start: 40 }]\n';
    expect(await check({ profile })).toMatchObject({ search: { start: 40 }, planned: null, missing: [] });
  });

  test('asks for the files that the profile names', async () => {
    expect(await check({ profile: REPLAY })).toEqual({
      profile: null,
      search: null,
      planned: null,
      missing: ['a.log'],
    });
    expect(await check({ profile: REPLAY, files: { 'a.log': '1\n2\n' } })).toMatchObject({
      profile: { phases: [{ streams: [{ kind: 'times', times: [1000, 2000] }] }] },
      missing: [],
    });
  });

  // Names that every JavaScript object has.
  test.each(['__proto__', 'constructor'])('a file may have the name %s', async (file) => {
    const profile = REPLAY.replaceAll('a.log', file);
    expect(await check({ profile })).toEqual({ profile: null, search: null, planned: null, missing: [file] });
    expect(await check({ profile, files: JSON.parse(`{ "${file}": "1\\n2\\n" }`) })).toMatchObject({
      profile: { phases: [{ streams: [{ kind: 'times', times: [1000, 2000] }] }] },
    });
  });

  test('reports all mistakes, each on a line with its place', async () => {
    const profile = 'sed: 1\nphases:\n  - { kind: steady, every: 30, for: 10m }\n';
    const { _error: error } = (await check({ profile, file: 'friday.yaml' })) as { _error: { msg: string } };
    expect(error).toMatchObject({
      kind: 'clone_army/invalid-profile',
      details: {
        problems: [expect.stringContaining('friday.yaml:1:1'), expect.stringContaining('friday.yaml:3:28')],
      },
    });
    expect(error.msg.split('\n')).toEqual([
      'Profile friday.yaml has 2 mistakes:',
      expect.stringMatching(/^friday\.yaml:1:1: sed: is not a known key; .* did you mean "seed"\?$/),
      expect.stringMatching(/^friday\.yaml:3:28: phases\[0\]\.every: 30 is not of type string/),
    ]);
  });

  test('shows a limited number of mistakes, without control characters', async () => {
    const profile = Array.from({ length: 100 }, (_, i) => `"x\\e${i}": 1\n`).join('');
    const { _error: error } = (await check({ profile })) as { _error: { msg: string } };
    expect(error.msg).toMatch(/ has 101 mistakes:\n.*\nand 76 more$/s);
    expect(error.msg).not.toContain('\u001b');
    expect(error.msg.length).toBeLessThan(8000);
  });
});
