import { describe, expect, test } from '@jest/globals';
import { ProblemsError } from '../../validation/problem.ts';
import { filesNamed, readProfile } from './read-profile.ts';

const STEADY = 'phases:\n  - kind: steady\n    runs_per_minute: 60\n    for: 10m\n';

function problemsIn(text: string): string[] {
  try {
    readProfile(text, 'my.yaml');
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.message.split('\n');
    throw error;
  }
}

describe('readProfile', () => {
  test('fills in what is not given', () => {
    expect(readProfile(STEADY, 'folder/my profile!.yaml').profile).toEqual({
      name: 'my profile-',
      seed: 1,
      phases: [
        {
          name: 'steady',
          length: 600_000,
          warmUp: 0,
          coolDown: 0,
          streams: [{ kind: 'rate', at: 0, length: 600_000, from: 60, to: 60 }],
        },
      ],
      slo: [
        expect.objectContaining({ text: 'failed = 0' }),
        expect.objectContaining({ text: 'dropped = 0' }),
        expect.objectContaining({ text: 'p95(total) <= 30s', percentile: 95, limit: 30 }),
      ],
      timeout: 600,
      arrivals: 'even',
      bases: null,
      workload: { facts: null, agentOptions: [], churn: 0 },
    });
  });

  test('takes what is given', () => {
    const text = `${STEADY}
name: a name
seed: 7
slo: [failed_percent < 1%]
timeout: 2m
arrivals: poisson
bases: [debian-13]
workload:
  facts: { count: 100, changing: 10 }
  agent_options: [--noop, --environment=load]
  churn: 6
`;
    expect(readProfile(text, 'my.yaml').profile).toMatchObject({
      name: 'a name',
      seed: 7,
      slo: [{ figure: 'failed_percent', limit: 1 }],
      timeout: 120,
      arrivals: 'poisson',
      bases: ['debian-13'],
      workload: {
        facts: { count: 100, size: 20, depth: 0, changing: 10 },
        agentOptions: ['--noop', '--environment=load'],
        churn: 6,
      },
    });
    expect(readProfile(text, 'my.yaml', { seed: 8 }).profile.seed).toBe(8);
  });

  test('reports all mistakes at once, each with its place', () => {
    const text = `nam: x
seed: -1
slo: [p95(totl) <= 30s]
arrivals: evn
timeout: 2d
phases:
  - kind: stedy
    for: 10m
  - kind: steady
    runs_per_minut: 60
    for: 600
  - for: 1m
  - kind: steady
    for: 1m
  - kind: herd
    within: 60s
    name: herd
  - kind: herd
    within: 60s
    name: herd
  -
`;
    expect(problemsIn(text)).toEqual([
      expect.stringMatching(/^my\.yaml:1:1: nam: is not a known key; .* did you mean "name"\?$/),
      'my.yaml:2:7: seed: -1 must be >= 0',
      expect.stringMatching(/^my\.yaml:3:7: slo\[0\]: "p95\(totl\) <= 30s" has .* did you mean "total"\?$/),
      'my.yaml:4:11: arrivals: "evn" is not among even, poisson; did you mean "even"?',
      'my.yaml:5:10: timeout: "2d" is out of range; a timeout is at least 1s and at most 1d',
      expect.stringMatching(/^my\.yaml:7:11: phases\[0\]\.kind: "stedy" is not .* did you mean "steady"\?$/),
      expect.stringMatching(
        /^my\.yaml:10:5: phases\[1\]\.runs_per_minut: .* did you mean "runs_per_minute"\?$/,
      ),
      expect.stringMatching(/^my\.yaml:11:10: phases\[1\]\.for: 600 is not of type string \(.*90s, 30m/),
      expect.stringMatching(/^my\.yaml:12:5: phases\[2\]\.kind: is missing; it is one of steady, ramp/),
      'my.yaml:13:5: phases[3]: needs runs_per_minute or every',
      expect.stringMatching(/^my\.yaml:20:5: phases\[5\]\.name: the name "herd" is that of an earlier phase/),
      expect.stringMatching(/^my\.yaml:21:4: phases\[6\]: null is not of type object/),
    ]);
  });

  test.each([
    ['', 'my.yaml:1:1: null is not of type object'],
    ['phases: [', 'my.yaml:1:10: Flow sequence in block collection must be sufficiently indented'],
    [`${STEADY}seed: 1\nseed: 2\n`, 'my.yaml:6:1: seed: is a duplicate key; keep only one of them'],
    ['['.repeat(50_000), 'my.yaml:1:65: Lists and maps are nested more than 64 levels deep'],
  ])('reports text that is no profile (%#)', (text, want) => {
    expect(problemsIn(text)).toEqual([expect.stringContaining(want)]);
  });

  test('names equal kinds of phases apart', () => {
    const text = 'phases:\n  - { kind: herd, within: 1m }\n  - { kind: herd, within: 1m }\n';
    expect(readProfile(text, 'my.yaml').profile.phases.map(({ name }) => name)).toEqual(['herd', 'herd-2']);
  });
});

describe('a search', () => {
  const search = (keys: string) => `phases:\n  - kind: search${keys}\n`;

  test('has no phases, and names what the plan capacity has to know', () => {
    const keys =
      '\n    start: 20\n    max_runs_per_minute: 500\n    tolerance: 5\n    step: 4m\n    confirm: 10m';
    const read = readProfile(`${search(keys)}slo: [failed = 0]\n`, 'my.yaml');
    expect(read.search).toEqual({
      start: 20,
      most: 500,
      tolerance: 5,
      step_seconds: 240,
      confirm_seconds: 600,
    });
    expect(read.profile).toMatchObject({ name: 'my', phases: [], slo: [{ text: 'failed = 0' }] });
    expect(readProfile(search(''), 'my.yaml').search).toEqual({});
    expect(readProfile(STEADY, 'my.yaml').search).toBeNull();
  });

  test.each([
    [
      '\n    start: 20\n    max_runs_per_minute: 10',
      'my.yaml:3:12: phases[0].start: 20 is more than max_runs_per_minute, which is 10',
    ],
    [
      '\n    step: 5s',
      'my.yaml:3:11: phases[0].step: "5s" is out of range; a test of a search lasts 10s to 1d',
    ],
    ['\n    confirm: 10500ms', 'my.yaml:3:14: phases[0].confirm: "10500ms" is out of range'],
    ['\n    warm_up: 1m', 'my.yaml:3:5: phases[0].warm_up: is not a known key'],
    ['\n    most: 1', 'my.yaml:3:5: phases[0].most: is not a known key'],
    ['\n  - kind: herd\n    within: 1m', 'my.yaml:2:11: phases[0].kind: "search" has to be the only phase'],
  ])('reports what is wrong with it (%#)', (keys, want) => {
    expect(problemsIn(search(keys))).toEqual([expect.stringContaining(want)]);
  });
});

describe('filesNamed', () => {
  test.each([
    ['phases: [{ kind: replay, file: a.log }, { kind: replay, file: a.log }, 7]', ['a.log']],
    [STEADY, []],
    ['phases: 7', []],
    ['', []],
  ])('finds the files that a profile names (%#)', (text, want) => {
    expect(filesNamed(text, 'my.yaml')).toEqual(want);
  });
});
