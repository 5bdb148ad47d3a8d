import { type Figure, type Reading, readingOf, sizesOf } from './figures.ts';
import type { SideName } from './side.ts';

/** What the project promises, and what came of it. */
export interface Outcome {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

/**
 * Holds readings against the goals; one whose figures were not measured has no outcome.
 *
 * @param cores - processors of the machine
 */
export function outcomes(readings: readonly Reading[], cores: number): Outcome[] {
  const of = (figure: Figure, side: SideName, clones: number) => readingOf(readings, figure, side, clones);
  const found: (Outcome | undefined)[] = [
    ratio('first apply of 100: at least 15 times as fast as the plain design', {
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
      ratio(`${title} of 1,000: at most ${atMost} times that of 1`, {
        of: of(figure, 'timer', 1000),
        by: of(figure, 'timer', 1),
        atMost,
      }),
    ),
    everyCloneRuns(readings),
    atMost(
      'idle clone by timer at 1,000: at most 8 MiB of the host',
      of('memory_host', 'timer', 1000),
      8,
      'MiB',
    ),
    atMost(
      'idle clone with a resident agent and shared memory at 10: at most 60 MiB',
      of('memory_pss', 'service, shared memory', 10),
      60,
      'MiB',
    ),
    ratio('CPU of a run by timer: at most 0.61 of the plain design (1.1 s where that takes 1.8)', {
      of: of('run_cpu', 'timer', 10),
      by: of('run_cpu', 'plain', 10),
      atMost: 0.61,
    }),
    atMost('CPU of a run by timer: at most 1.1 s', of('run_cpu', 'timer', 10), 1.1, 's'),
    sustained(readings, cores),
    atMost('status of 1,000: under 1 s', of('status', 'timer', 1000), 1, 's'),
    atMost('stop of 1,000: under 60 s', of('stop', 'timer', 1000), 60, 's'),
    ...checkedIn(readings),
  ];
  return found.filter((some): some is Outcome => some !== undefined);
}

function atMost(goal: string, value: number | undefined, most: number, unit: string): Outcome | undefined {
  return value === undefined
    ? undefined
    : { goal, measured: `${value.toFixed(2)} ${unit}`, met: value <= most };
}

function ratio(
  goal: string,
  { of, by, atLeast = 0, atMost = Infinity }: { of?: number; by?: number; atLeast?: number; atMost?: number },
): Outcome | undefined {
  if (of === undefined || by === undefined) return undefined;
  const times = of / by;
  return { goal, measured: `${times.toFixed(2)} times`, met: times >= atLeast && times <= atMost };
}

function everyCloneRuns(readings: readonly Reading[]): Outcome | undefined {
  const ours = readings.filter(({ figure, side }) => figure === 'running' && side !== 'plain');
  if (ours.length === 0) return undefined;
  const largest = Math.max(...ours.map(({ clones }) => clones));
  const short = ours.filter(({ value, clones }) => value !== clones);
  const measured =
    short.length === 0
      ? `all, of fleets up to ${largest}`
      : short.map(({ value, clones, side }) => `${value} of ${clones} (${side})`).join(', ');
  return { goal: 'all clones asked for run', measured, met: short.length === 0 };
}

/** Server and agents have the same processors here, so a run costs what it takes of both. */
function sustained(readings: readonly Reading[], cores: number): Outcome | undefined {
  const [clones] = sizesOf(readings, 'runs_per_minute', 'timer');
  if (clones === undefined) return undefined;
  const value = (figure: Figure) => readingOf(readings, figure, 'timer', clones) as number;
  const possible = (60 * cores) / (value('run_cpu') + value('server_cpu'));
  const share = value('runs_per_minute') / possible;
  return {
    goal: 'runs a minute: at least 85 % of processors ÷ CPU of a run and of the server for it',
    measured: `${(100 * share).toFixed(0)} % of ${possible.toFixed(0)}`,
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
        goal: `all ${clones} agents run within every interval of ${interval} s`,
        measured: `${ran} of ${clones}`,
        met: ran === clones,
      },
      {
        goal: `of these, in no second more than ${most} begin`,
        measured: String(starts),
        met: starts <= most,
      },
    ];
  });
}
