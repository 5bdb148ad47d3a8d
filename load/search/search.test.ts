import { describe, expect, test } from '@jest/globals';
import { fc } from '../../validation/testing/fast-check.ts';
import { randomOf } from '../schedule/random.ts';
import { capacityOf } from './capacity.ts';
import { budgetLeft, nextStep } from './next-step.ts';
import type { SearchOptions, Step, StepResult } from './step.ts';

const OPTIONS: SearchOptions = {
  start: 10,
  most: 100_000,
  tolerance: 0.1,
  steps: 30,
  seconds: { least: 180, step: 360, confirm: 660 },
};

/** Searches with a server that decides on each step. */
function search(
  server: (step: Step) => Omit<StepResult, 'runsPerMinute' | 'confirm'>,
  options: SearchOptions = OPTIONS,
): StepResult[] {
  const history: StepResult[] = [];
  for (let step = nextStep(history, options); step !== null; step = nextStep(history, options)) {
    expect(history.length).toBeLessThan(options.steps);
    const { runsPerMinute, confirm } = step;
    history.push({ runsPerMinute, confirm, ...server(step) });
  }
  return history;
}

const upTo = (limit: number) => (step: Step) => ({ passed: step.runsPerMinute <= limit, refused: false });
const limits = fc.double({ min: 1, max: 50_000, noNaN: true });
const starts = fc.integer({ min: 1, max: 2000 });
const tolerances = fc.double({ min: 0.02, max: 0.5, noNaN: true });

describe('nextStep', () => {
  test('grows, halves the range, and confirms', () => {
    const history = search(upTo(57));
    expect(history.map(({ runsPerMinute, passed, confirm }) => [runsPerMinute, passed, confirm])).toEqual([
      [10, true, false],
      [20, true, false],
      [40, true, false],
      [80, false, false],
      [56.6, true, false],
      [67.3, false, false],
      [61.7, false, false],
      [56.6, true, true],
    ]);
  });

  test('tries loads that are far apart for a shorter time', () => {
    const options = { ...OPTIONS, seconds: { least: 180, step: 1060, confirm: 2060 } };
    const seconds: number[] = [];
    search((step) => {
      seconds.push(step.seconds);
      return upTo(57)(step);
    }, options);
    // 10, 20, 40, 80, 56.6, 67.3, 61.7, and 56.6 again
    expect(seconds).toEqual([260, 260, 260, 260, 542, 1060, 1060, 2060]);
  });

  test('finds the limit of any server to the tolerance, and confirms it', () => {
    fc.assert(
      fc.property(limits, starts, tolerances, (limit, start, tolerance) => {
        const options = { ...OPTIONS, start, tolerance, steps: 40 };
        const history = search(upTo(limit), options);
        const { range, confirmed, endedBy } = capacityOf(history, options, 1800);
        const [low, high] = range as [number, number];
        expect({ confirmed, endedBy }).toEqual({ confirmed: true, endedBy: 'server' });
        expect(low).toBeLessThanOrEqual(limit);
        expect(high).toBeGreaterThan(limit);
        // Loads have three digits, so two of them can be 1 % apart with none between.
        expect(high / low).toBeLessThanOrEqual(1 + Math.max(tolerance, 0.0101));
        expect(history.length).toBeLessThanOrEqual(30);
      }),
    );
  });

  test('finds the limit of a server that is not always the same, to twice the tolerance', () => {
    fc.assert(
      fc.property(limits, starts, fc.maxSafeNat(), (limit, start, seed) => {
        const random = randomOf(seed);
        const noisy = ({ runsPerMinute, confirm }: Step) => {
          // Longer steps vary less.
          const noise = (2 * random() - 1) * (confirm ? 0.02 : 0.05);
          return { passed: runsPerMinute <= Math.max(1, limit * (1 + noise)), refused: false };
        };
        const options = { ...OPTIONS, start };
        const { runsPerMinute, confirmed } = capacityOf(search(noisy, options), options, 1800);
        expect(confirmed).toBe(true);
        expect(Number(runsPerMinute)).toBeGreaterThan(limit * 0.8);
        expect(Number(runsPerMinute)).toBeLessThan(limit * 1.05 + 0.01);
      }),
    );
  });

  test('goes on below a load that its confirmation refutes', () => {
    const history = search(({ runsPerMinute, confirm }) => ({
      passed: runsPerMinute <= (confirm ? 50 : 57),
      refused: false,
    }));
    expect(capacityOf(history, OPTIONS, 1800)).toMatchObject({ confirmed: true, range: [47.6, 51.9] });
  });

  test('repeats a step that leaves its load open, for the longer time', () => {
    const history = search(({ runsPerMinute, confirm }) => {
      if (confirm) return { passed: runsPerMinute <= 22, refused: false };
      // Short steps near the limit are a matter of chance.
      const uncertain = runsPerMinute > 19 && runsPerMinute < 25;
      return { passed: uncertain ? runsPerMinute > 22 : runsPerMinute <= 22, refused: false, uncertain };
    });
    expect(history.map(({ runsPerMinute, passed, confirm }) => [runsPerMinute, passed, confirm])).toEqual([
      [10, true, false],
      [20, false, false],
      [20, true, true],
      [40, false, false],
      [28.3, false, false],
      [23.8, true, false],
      [23.8, false, true],
      [21.8, false, false],
      [21.8, true, true],
    ]);
    expect(capacityOf(history, OPTIONS, 1800)).toMatchObject({ range: [21.8, 23.8], confirmed: true });
  });

  test('never takes longer than it says beforehand', () => {
    const outcome = fc.record({
      passed: fc.boolean(),
      refused: fc.boolean(),
      uncertain: fc.boolean(),
    });
    const outcomes = fc.array(outcome, { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 30 }), starts, (results, steps, start) => {
        const options = { ...OPTIONS, steps, start };
        let seconds = 0;
        search((step) => {
          seconds += step.seconds;
          return results.pop() as (typeof results)[number];
        }, options);
        expect(seconds).toBeLessThanOrEqual(budgetLeft([], options).seconds);
      }),
    );
  });

  test.each([1, 2, 3, 7])('ends after %i steps, the last of which confirms', (steps) => {
    const options = { ...OPTIONS, steps };
    const history = search(upTo(1000), options);
    expect(history.length).toBe(steps);
    if (steps > 1) expect(history[steps - 1]).toMatchObject({ confirm: true });
    expect(budgetLeft([], options)).toEqual({ steps, seconds: (steps - 1) * 360 + 660 });
    expect(budgetLeft(history, options).steps).toBe(0);
  });
});

describe('capacityOf', () => {
  test.each<[string, Parameters<typeof search>[0], Partial<SearchOptions>, object]>([
    [
      'the server failed',
      upTo(57),
      {},
      {
        runsPerMinute: 56.6,
        range: [56.6, 61.7],
        agents: 1698,
        agentsRange: [1698, 1851],
        confirmed: true,
        endedBy: 'server',
        text: 'The server takes 56.6 runs a minute, or 1,698 agents with a run every 30 minutes. It failed at 61.7 (1,851 agents).',
      },
    ],
    [
      'the load hosts were the bottleneck',
      ({ runsPerMinute }) => ({ passed: runsPerMinute < 100, refused: runsPerMinute > 70 }),
      {},
      {
        runsPerMinute: 67.3,
        endedBy: 'load_host',
        text: expect.stringMatching(
          /^The server takes at least 67\.3 runs a minute, or 2,019 agents .*At 73\.4, the load hosts were the bottleneck/,
        ),
      },
    ],
    [
      'PuppetDB was the bottleneck',
      ({ runsPerMinute }) => ({ passed: runsPerMinute <= 57, refused: false, bottleneck: 'puppetdb' }),
      {},
      {
        bottleneck: 'puppetdb',
        text: expect.stringMatching(/It failed at 61\.7 \(1,851 agents\): PuppetDB was saturated\.$/),
      },
    ],
    [
      'nothing was saturated',
      ({ runsPerMinute }) => ({ passed: runsPerMinute <= 57, refused: false, bottleneck: 'none' }),
      {},
      {
        bottleneck: 'none',
        text: expect.stringContaining('although nothing was saturated: there may be too few clones'),
      },
    ],
    [
      'nothing failed up to the highest load',
      upTo(1e9),
      { most: 50 },
      { runsPerMinute: 50, range: [50, null], agentsRange: [1500, null], confirmed: true, endedBy: 'most' },
    ],
    [
      'there were no steps left',
      upTo(1e9),
      { steps: 4 },
      { runsPerMinute: 40, range: [40, null], confirmed: true, endedBy: 'steps' },
    ],
    [
      'the last step refuted the load',
      ({ confirm }) => ({ passed: !confirm, refused: false }),
      { steps: 3 },
      {
        runsPerMinute: 10,
        range: [10, 20],
        confirmed: false,
        endedBy: 'steps',
        text: expect.stringContaining('not confirm'),
      },
    ],
    [
      'no load passed',
      upTo(0),
      {},
      {
        runsPerMinute: null,
        range: [null, 1],
        agents: null,
        endedBy: 'server',
        text: 'No load passed: at 1 run a minute, an objective failed.',
      },
    ],
    [
      'no load passed because of the load hosts',
      () => ({ passed: true, refused: true }),
      {},
      {
        runsPerMinute: null,
        endedBy: 'load_host',
        text: expect.stringContaining('the load hosts were the bottleneck'),
      },
    ],
  ])('if %s', (_, server, more, want) => {
    const options = { ...OPTIONS, ...more };
    expect(capacityOf(search(server, options), options, 1800)).toMatchObject({ runInterval: 1800, ...want });
  });

  test('tells what is known before the end', () => {
    const history: StepResult[] = [{ runsPerMinute: 10, confirm: false, passed: true, refused: false }];
    expect(capacityOf(history, OPTIONS, 60)).toMatchObject({
      endedBy: null,
      agents: 10,
      text: 'So far: 10 runs a minute passed, none failed.',
    });
  });
});
