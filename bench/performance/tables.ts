import { table } from '../../generator/emit/markdown.ts';
import { FIGURES, type Figure, format, readingOf, sizesOf } from '../figures.ts';
import { type Outcome, outcomes, type Topic } from '../goals.ts';
import type { Measured } from '../measured.ts';
import { SIDES, type SideName } from '../side.ts';
import { MODES } from './modes.ts';

/** A column of a table by fleet size. */
type Column = readonly [head: string, figure: Figure, side: SideName];

/** The smallest fleet in the table on memory: what the host itself does blurs the figures of one clone. */
const SMALLEST_WEIGHED = 10;

/** The tables of the page, at most eight rows each. */
export function tablesOf(measured: Measured): Record<Topic, string> {
  const { readings } = measured;
  return {
    apply: bySize(readings, [
      ...columns('first apply (s)', 'first_apply', ['plain', 'timer']),
      ...columns('unchanged (s)', 'unchanged_apply', ['plain', 'timer']),
    ]),
    start: bySize(readings, [
      ...columns('start (s)', 'start', ['plain', 'service', 'timer']),
      ...columns('status (s)', 'status', ['timer']),
      ...columns('stop (s)', 'stop', ['plain', 'service', 'timer']),
    ]),
    memory: memory(readings),
    runs: bySide(readings, ['run_cpu', 'resident_run_cpu', 'server_cpu', 'runs_per_minute']),
    'check-ins': bySide(readings, ['interval', 'first_checked_in', 'checked_in', 'starts_per_second']),
  };
}

const columns = (what: string, figure: Figure, sides: readonly SideName[]): Column[] =>
  sides.map((side) => [`${MODES[side]}: ${what}`, figure, side]);

function cell(readings: Measured['readings'], figure: Figure, side: SideName, clones: number): string {
  const value = readingOf(readings, figure, side, clones);
  return value === undefined ? '-' : format(value, FIGURES[figure].decimals);
}

/** A row for each size of which there is a reading. */
function bySize(readings: Measured['readings'], all: readonly Column[]): string {
  const sizes = new Set(all.flatMap(([, figure, side]) => sizesOf(readings, figure, side)));
  const rows = [...sizes]
    .sort((a, b) => a - b)
    .map((clones) => [
      format(clones),
      ...all.map(([, figure, side]) => cell(readings, figure, side, clones)),
    ]);
  return table(['clones', ...all.map(([head]) => head)], rows);
}

function memory(readings: Measured['readings']): string {
  const figures = [
    ['PSS', 'memory_pss'],
    ['host memory', 'memory_host'],
  ] as const;
  const sides = sidesWith(
    readings,
    figures.map(([, figure]) => figure),
  );
  const rows = figures.flatMap(([what, figure]) =>
    sizesOf(readings, figure)
      .filter((clones) => clones >= SMALLEST_WEIGHED)
      .map((clones) => [what, format(clones), ...sides.map((side) => cell(readings, figure, side, clones))]),
  );
  return table(['MiB for each clone', 'clones', ...sides.map((side) => MODES[side])], rows);
}

/** The sides of which there is a reading. */
function sidesWith(readings: Measured['readings'], figures: readonly Figure[]): SideName[] {
  return SIDES.filter((side) => readings.some((some) => figures.includes(some.figure) && some.side === side));
}

/** A row for each figure and the size at which it was measured. */
function bySide(readings: Measured['readings'], figures: readonly Figure[]): string {
  const sides = sidesWith(readings, figures);
  const rows = figures.flatMap((figure) =>
    sizesOf(readings, figure).map((clones) => {
      const { title, unit } = FIGURES[figure];
      return [
        unit ? `${title} (${unit})` : title,
        format(clones),
        ...sides.map((side) => cell(readings, figure, side, clones)),
      ];
    }),
  );
  return table(['figure', 'clones', ...sides.map((side) => MODES[side])], rows);
}

/** The goals of a topic and whether they hold. */
export function goalTable({ readings, machine }: Measured, topic: Topic): string {
  const rows = outcomes(readings, machine.cores)
    .filter((some) => some.topic === topic)
    .map(({ goal, measured, met }) => [goal, measured, met ? 'yes' : '**no**']);
  return table(['goal', 'measured', 'met'], rows);
}

/** How many goals hold, and which do not. */
export function goalSummary({ readings, machine }: Measured): string {
  const all = outcomes(readings, machine.cores);
  const missed = all.filter(({ met }) => !met);
  const count = `${all.length - missed.length} of ${all.length} goals are met.`;
  const line = ({ goal, measured }: Outcome) => `- ${goal}; measured: ${measured}`;
  return missed.length === 0 ? count : [`${count} Not met:`, '', ...missed.map(line)].join('\n');
}
