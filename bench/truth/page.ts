import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REPO } from '../../lab/paths.ts';
import { format } from '../figures.ts';
import { fill } from '../performance/page.ts';
import { machineOf } from '../report.ts';
import { type Row, readTruth, type TruthTable } from './rows.ts';

/** The page with the table. */
export const PAGE = path.join(REPO, 'docs/load-testing.md');

/** The page on load tests, with the table as bench/truth.json has it. */
export async function truthPage(): Promise<string> {
  return fill(await readFile(PAGE, 'utf8'), { truth: tableOf(await readTruth()) });
}

/** Rewrites the page. */
export async function writeTruth(): Promise<void> {
  await writeFile(PAGE, await truthPage());
}

/** The rows as a Markdown table, below the machines. */
export function tableOf({ rows }: TruthTable): string {
  const machines = [...new Set(rows.map(({ machine }) => machineOf(machine)))];
  const datesOn = (machine: string) =>
    [...new Set(rows.filter((row) => machineOf(row.machine) === machine).map(({ date }) => date))].sort();
  return [
    ...machines.map((machine) => `- ${datesOn(machine).join(', ')}: ${machine}`),
    '',
    '| test | what must hold | what was seen | holds | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(lineOf),
  ].join('\n');
}

function lineOf({ test, must, found, passed, seconds }: Row): string {
  const cells = [test, must, found.join('; '), passed ? 'yes' : 'no', format(seconds)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
