import { type Figure, format, type Reading, readingOf, sizesOf } from './figures.ts';
import type { SideName } from './side.ts';

/** What a goal is about. */
export type Topic = 'apply' | 'start' | 'memory' | 'runs' | 'check-ins';

/** A goal of the project, and what was measured. */
export interface Outcome {
  readonly topic: Topic;
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

/**
 * Compares readings with the goals. A goal whose figures were not measured has no outcome.
 *
 * @param cores - processors of the machine
 */
export function outcomes(readings: readonly Reading[], cores: number): Outcome[] {
  const of = (figure: Figure, side: SideName, clones: number) => readingOf(readings, figure, side, clones);
  const found: (Outcome | undefined)[] = [
    ratio('apply', 'first apply with 100 clones: at least 15 times as fast as the plain design', {
      of: of('first_apply', 'plain', 100),
      by: of('first_apply', 'timer', 100),
      atLeast: 15,
    }),
    ...(
      [
        ['first_apply', 'first apply', 1.5],
        ['unchanged_apply', 'unchanged apply', 1.1],
      ] as const
    ).map(([figure, title, atMost]) =>
      ratio('apply', `${title} with 1,000 clones: at most ${atMost} times as long as with 1`, {
        of: of(figure, 'timer', 1000),
        by: of(figure, 'timer', 1),
        atMost,
      }),
    ),
    everyCloneRuns(readings),
    atMost('start', 'status of 1,000 clones', of('status', 'timer', 1000), 1, 's'),
    atMost('start', 'stop of 1,000 clones', of('stop', 'timer', 1000), 60, 's'),
    atMost(
      'memory',
      'host memory of an idle clone, timer mode, 1,000 clones',
      of('memory_host', 'timer', 1000),
      8,
      'MiB',
    ),
    atMost(
      'memory',
      'PSS of an idle clone, service mode with shared memory, 10 clones',
      of('memory_pss', 'service, shared memory', 10),
      60,
      'MiB',
    ),
    ratio('runs', 'CPU of a run in timer mode: at most 0.61 of a run in the plain design (1.1 s of 1.8 s)', {
      of: of('run_cpu', 'timer', 10),
      by: of('run_cpu', 'plain', 10),
      atMost: 0.61,
    }),
    ratio('runs', 'CPU of a preloaded run: at most 0.35 of a run in the plain design', {
      of: of('run_cpu', 'timer, preloaded', 10),
      by: of('run_cpu', 'plain', 10),
      atMost: 0.35,
    }),
    atMost('runs', 'CPU of a run in timer mode', of('run_cpu', 'timer', 10), 1.1, 's'),
    sustained(readings, cores),
    ...checkedIn(readings),
  ];
  return found.filter((some): some is Outcome => some !== undefined);
}

function atMost(
  topic: Topic,
  title: string,
  value: number | undefined,
  most: number,
  unit: string,
): Outcome | undefined {
  if (value === undefined) return undefined;
  const goal = `${title}: at most ${most} ${unit}`;
  return { topic, goal, measured: `${value.toFixed(2)} ${unit}`, met: value <= most };
}

function ratio(
  topic: Topic,
  goal: string,
  { of, by, atLeast = 0, atMost = Infinity }: { of?: number; by?: number; atLeast?: number; atMost?: number },
): Outcome | undefined {
  if (of === undefined || by === undefined) return undefined;
  const times = of / by;
  return { topic, goal, measured: `${times.toFixed(2)} times`, met: times >= atLeast && times <= atMost };
}

function everyCloneRuns(readings: readonly Reading[]): Outcome | undefined {
  const ours = readings.filter(({ figure, side }) => figure === 'running' && side !== 'plain');
  if (ours.length === 0) return undefined;
  const largest = Math.max(...ours.map(({ clones }) => clones));
  const short = ours.filter(({ value, clones }) => value !== clones);
  const measured =
    short.length === 0
      ? `all, in fleets of up to ${format(largest)}`
      : short.map(({ value, clones, side }) => `${format(value)} of ${format(clones)} (${side})`).join(', ');
  return { topic: 'start', goal: 'all requested clones run', measured, met: short.length === 0 };
}

/** Server and agents share the processors, so a run costs the CPU of both. */
function sustained(readings: readonly Reading[], cores: number): Outcome | undefined {
  const [clones] = sizesOf(readings, 'runs_per_minute', 'timer');
  if (clones === undefined) return undefined;
  const value = (figure: Figure) => readingOf(readings, figure, 'timer', clones) as number;
  const possible = (60 * cores) / (value('run_cpu') + value('server_cpu'));
  const share = value('runs_per_minute') / possible;
  return {
    topic: 'runs',
    goal: 'runs per minute: at least 85 % of what the processors allow by CPU of agent and server',
    measured: `${format(100 * share)} % (${format(value('runs_per_minute'))} of ${format(possible)})`,
    met: share >= 0.85,
  };
}

function checkedIn(readings: readonly Reading[]): Outcome[] {
  return sizesOf(readings, 'checked_in', 'timer').flatMap((clones) => {
    const value = (figure: Figure) => readingOf(readings, figure, 'timer', clones) as number;
    const [ran, interval, starts] = [value('checked_in'), value('interval'), value('starts_per_second')];
    const most = Math.ceil(clones / interval) + 1;
    return [
      {
        topic: 'check-ins',
        goal: `all ${format(clones)} agents run in every interval of ${format(interval)} s`,
        measured: `${format(ran)} of ${format(clones)}`,
        met: ran === clones,
      },
      {
        topic: 'check-ins',
        goal: `at most ${most} runs start within any second`,
        measured: String(starts),
        met: starts <= most,
      },
    ];
  });
}
