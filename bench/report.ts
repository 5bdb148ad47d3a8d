import Table from 'cli-table3';
import { FIGURES, type Figure, type Reading, type Results, readingOf, sizesOf } from './figures.ts';
import { outcomes } from './goals.ts';
import { EARLIER_SIDES, SIDES } from './side.ts';

/** Sides in the table: all that are published, and others that were measured. */
function sidesIn(readings: readonly Reading[]) {
  return [...SIDES, ...EARLIER_SIDES.filter((earlier) => readings.some(({ side }) => side === earlier))];
}

/** Rows of all readings: figure, size, then a value for each side. */
function readingRows(readings: readonly Reading[]): string[][] {
  const sides = sidesIn(readings);
  return (Object.keys(FIGURES) as Figure[]).flatMap((figure) =>
    sizesOf(readings, figure).map((clones) => {
      const { title, unit, decimals } = FIGURES[figure];
      const values = sides.map((side) => readingOf(readings, figure, side, clones)?.toFixed(decimals) ?? '-');
      return [unit ? `${title} (${unit})` : title, String(clones), ...values];
    }),
  );
}

function goalRows({ readings, machine }: Results): string[][] {
  return outcomes(readings, machine.cores).map(({ goal, measured, met }) => [
    goal,
    measured,
    met ? 'yes' : 'NO',
  ]);
}

const GOAL_HEAD = ['goal', 'measured', 'met'];

/** The machine and what ran on it. */
export function machineOf(machine: Results['machine']): string {
  const { cores, processor, memory_mib, kernel, host, agent, server } = machine;
  const memory = (memory_mib / 1024).toFixed(0);
  return `${cores} processors (${processor}), ${memory} GiB, Linux ${kernel}; ${host}, agent ${agent}, and puppetserver ${server} on the same processors`;
}

/** Results as tables for the terminal. */
export function text(results: Results): string {
  const tables = [
    [['figure', 'clones', ...sidesIn(results.readings)], readingRows(results.readings)],
    [GOAL_HEAD, goalRows(results)],
  ] as const;
  const printed = tables.map(([head, rows]) => {
    const lines = new Table({ head: [...head], style: { head: [], border: [] } });
    lines.push(...rows);
    return lines.toString();
  });
  const { date, command, machine } = results;
  return [`${date}, ${command}: ${machineOf(machine)}.`, ...printed].join('\n');
}
