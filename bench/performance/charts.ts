import { FIGURES, type Figure, format, readingOf, sizesOf } from '../figures.ts';
import type { Measured } from '../measured.ts';
import type { SideName } from '../side.ts';
import { type BarChart, type Bars, type Chart, clonesOf, type Line, type Value } from './chart.ts';
import { MODES } from './modes.ts';

type Readings = Measured['readings'];

/** Size at which every side was weighed and runs were measured. */
const FEW = 10;

/** Runs of the plain design that were started one by one, beside the resident agent. */
const NEW_PROCESS = `${MODES.plain}, new process`;

/** All charts of the page on performance. */
export function chartsOf({ readings }: Measured): Chart[] {
  return [
    applyTime(readings),
    startTime(readings),
    running(readings),
    memory(readings),
    runCpu(readings),
    checkIns(readings),
  ];
}

/** A reading as a chart shows it. */
function valueIn(readings: Readings, figure: Figure, side: SideName, clones: number): Value | undefined {
  const value = readingOf(readings, figure, side, clones);
  if (value === undefined) return undefined;
  const { unit, decimals } = FIGURES[figure];
  const number = format(value, decimals);
  return { value, label: unit ? `${number} ${unit}` : number };
}

function line(readings: Readings, figure: Figure, side: SideName, look: Omit<Line, 'points'>): Line {
  const points = sizesOf(readings, figure, side).map((clones) => ({
    clones,
    ...(valueIn(readings, figure, side, clones) as Value),
  }));
  return { ...look, points };
}

function applyTime(readings: Readings): Chart {
  const lines = (['plain', 'timer'] as const).flatMap((side) => [
    line(readings, 'first_apply', side, { label: `${MODES[side]}, first apply`, role: side }),
    line(readings, 'unchanged_apply', side, {
      label: `${MODES[side]}, unchanged`,
      role: side,
      dashed: true,
    }),
  ]);
  return {
    kind: 'lines',
    name: 'apply',
    title: 'Apply time by fleet size',
    subtitle: 'puppet apply on the host, base image already built. Logarithmic scales',
    axis: 'seconds',
    series: lines,
  };
}

function startTime(readings: Readings): Chart {
  const lines = (['plain', 'service', 'timer'] as const).map((side) => {
    const look = line(readings, 'start', side, { label: MODES[side], role: side });
    const points = look.points.map((point) => {
      const up = readingOf(readings, 'running', side, point.clones) ?? point.clones;
      return up === point.clones ? point : { ...point, label: `${point.label} (${format(up)} run)` };
    });
    return { ...look, points };
  });
  return {
    kind: 'lines',
    name: 'start',
    title: 'Time to start all clones by fleet size',
    subtitle: 'Until no clone is starting any more. Logarithmic scales',
    axis: 'seconds',
    series: lines,
  };
}

function running(readings: Readings): Chart {
  const sizes = sizesOf(readings, 'running');
  const series = (['plain', 'service', 'timer'] as const).map((side): Bars => {
    const values = sizes.map((clones) => {
      const up = readingOf(readings, 'running', side, clones);
      return up === undefined
        ? undefined
        : { value: (100 * up) / clones, label: `${format(up)} of ${format(clones)}` };
    });
    return { label: MODES[side], role: side, values };
  });
  return {
    kind: 'bars',
    name: 'running',
    title: 'Clones that run after a start of the whole fleet',
    subtitle: 'No bar: not measured at this size',
    axis: 'percent of the fleet',
    max: 100,
    cases: sizes.map(clonesOf),
    series,
  };
}

function memory(readings: Readings): Chart {
  const largest = Math.max(...sizesOf(readings, 'memory_pss', 'timer'));
  const weighed: [SideName, number][] = [
    ['plain', FEW],
    ['service', FEW],
    ['service, shared memory', FEW],
    ['timer', FEW],
    ['timer', largest],
  ];
  const bars = (figure: Figure) => weighed.map(([side, clones]) => valueIn(readings, figure, side, clones));
  return {
    kind: 'bars',
    name: 'memory',
    title: 'Memory of an idle clone',
    subtitle: 'Mean of all clones of the fleet',
    axis: 'MiB',
    cases: weighed.map(([side, clones]) => `${MODES[side]}, ${clonesOf(clones)}`),
    series: [
      { label: 'Processes of the clone (PSS)', role: 'accent', values: bars('memory_pss') },
      { label: 'Host memory in use', role: 'contrast', values: bars('memory_host') },
    ],
  };
}

function runCpu(readings: Readings): Chart {
  const of = (figure: Figure, side: SideName) => valueIn(readings, figure, side, FEW);
  const timers = timerModes(readings);
  const sides = ['plain', ...timers] as const;
  return {
    kind: 'bars',
    name: 'runs',
    title: 'CPU of an agent run',
    subtitle: 'Empty catalog. The CPU of the server was not measured for the resident agent',
    axis: 'seconds of CPU',
    cases: [`${MODES.plain}, resident agent`, NEW_PROCESS, ...timers.map((side) => MODES[side])],
    series: [
      {
        label: 'Agent',
        role: 'accent',
        values: [of('resident_run_cpu', 'plain'), ...sides.map((side) => of('run_cpu', side))],
      },
      {
        label: 'Server',
        role: 'contrast',
        values: [undefined, ...sides.map((side) => of('server_cpu', side))],
      },
    ],
  };
}

/** Ways to run by timer; forked runs only if they were measured. */
function timerModes(readings: Readings) {
  return (['timer', 'timer, preloaded'] as const).filter(
    (side) => side === 'timer' || valueIn(readings, 'run_cpu', side, FEW) !== undefined,
  );
}

/** What the machine sustains, and what a fleet needed whose agents all ran. */
function checkIns(readings: Readings): BarChart {
  const sustained = (side: SideName) => valueIn(readings, 'runs_per_minute', side, FEW);
  const fleets = sizesOf(readings, 'checked_in', 'timer').map((clones) => {
    const of = (figure: Figure) => readingOf(readings, figure, 'timer', clones) as number;
    const value = (60 * of('checked_in')) / of('interval');
    const ran = of('checked_in') === clones ? 'all' : `${format(of('checked_in'))} of ${format(clones)}`;
    return {
      title: `${MODES.timer}, ${clonesOf(clones)} every ${format(of('interval'))} s`,
      value: { value, label: `${format(value)}, ${ran} agents ran` },
    };
  });
  const all = [
    { title: `${NEW_PROCESS}, sustained`, value: sustained('plain') },
    ...timerModes(readings).map((side) => ({ title: `${MODES[side]}, sustained`, value: sustained(side) })),
    ...fleets,
  ];
  return {
    kind: 'bars',
    name: 'check-ins',
    title: 'Check-ins that the machine sustains',
    subtitle: 'Agents and server share the processors. Last bar: what a large fleet needed',
    axis: 'agent runs per minute',
    cases: all.map(({ title }) => title),
    series: [{ label: 'Runs per minute', role: 'accent', values: all.map(({ value }) => value) }],
  };
}
