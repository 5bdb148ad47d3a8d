import Table from 'cli-table3';
import { table } from '../generator/emit/markdown.ts';
import { FIGURES, type Figure, type Reading, type Results, readingOf, sizesOf } from './figures.ts';
import { outcomes } from './goals.ts';
import { SIDES } from './side.ts';

/** Rows of all that was measured: figure, size, then a value for each side. */
function readingRows(readings: readonly Reading[]): string[][] {
  return (Object.keys(FIGURES) as Figure[]).flatMap((figure) =>
    sizesOf(readings, figure).map((clones) => {
      const { title, unit, decimals } = FIGURES[figure];
      const values = SIDES.map((side) => readingOf(readings, figure, side, clones)?.toFixed(decimals) ?? '-');
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

const READING_HEAD = ['figure', 'clones', ...SIDES];
const GOAL_HEAD = ['goal', 'measured', 'met'];

/** The machine and what ran on it, in a sentence. */
function machineOf({ machine, date, command }: Results): string {
  const { cores, processor, memory_mib, kernel, host, agent, server } = machine;
  const memory = (memory_mib / 1024).toFixed(0);
  return `${date}, \`${command}\`: ${cores} processors (${processor}), ${memory} GiB, Linux ${kernel}; ${host}, agent ${agent}, and puppetserver ${server} on the same processors.`;
}

/** Results for people. */
export function text(results: Results): string {
  const tables = [
    [READING_HEAD, readingRows(results.readings)],
    [GOAL_HEAD, goalRows(results)],
  ] as const;
  const printed = tables.map(([head, rows]) => {
    const lines = new Table({ head: [...head], style: { head: [], border: [] } });
    lines.push(...rows);
    return lines.toString();
  });
  return [machineOf(results).replaceAll('`', ''), ...printed].join('\n');
}

/** Results as Markdown. */
export function markdown(results: Results): string {
  const { readings } = results;
  const tables = [table(READING_HEAD, readingRows(readings)), table(GOAL_HEAD, goalRows(results))];
  return [machineOf(results), ...tables].join('\n\n');
}
