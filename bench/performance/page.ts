import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REPO } from '../../lab/paths.ts';
import type { Topic } from '../goals.ts';
import { type Measured, readMeasured } from '../measured.ts';
import { machineOf } from '../report.ts';
import { type Chart, describe } from './chart.ts';
import { chartsOf } from './charts.ts';
import { draw } from './draw.ts';
import { goalSummary, goalTable, tablesOf } from './tables.ts';

/** The page, and the folder with its charts. */
export const PAGE = path.join(REPO, 'docs/performance.md');
export const CHARTS = path.join(REPO, 'docs/charts');

/** A part between two marks, which a reader does not see. The prefix tells it from parts that the generator fills. */
const PART = /(<!-- begin measured:([a-z-]+) -->\n).*?(<!-- end measured:\2 -->\n)/gs;

/** Charts above the table of each topic, by name. */
const CHARTS_OF: Readonly<Record<Topic, readonly string[]>> = {
  apply: ['apply'],
  start: ['start', 'running'],
  memory: ['memory'],
  runs: ['runs'],
  'check-ins': ['check-ins'],
};

/** The page on performance and its charts, as the results in bench/measured have it. */
export async function performancePage(): Promise<{ text: string; charts: Record<string, string> }> {
  const measured = await readMeasured(path.join(REPO, 'bench/measured'));
  const charts = chartsOf(measured);
  return {
    text: fill(await readFile(PAGE, 'utf8'), partsOf(measured, charts)),
    charts: Object.fromEntries(charts.map((chart) => [`${chart.name}.svg`, draw(chart)])),
  };
}

/** Rewrites the page and its charts. */
export async function writePerformance(): Promise<void> {
  const { text, charts } = await performancePage();
  await writeFile(PAGE, text);
  await rm(CHARTS, { recursive: true, force: true });
  await mkdir(CHARTS);
  for (const [file, svg] of Object.entries(charts)) await writeFile(path.join(CHARTS, file), svg);
}

function partsOf(measured: Measured, charts: readonly Chart[]): Record<string, string> {
  const image = (name: string) => {
    const chart = charts.find((some) => some.name === name) as Chart;
    return `![${describe(chart)}](charts/${name}.svg)`;
  };
  const topics = Object.entries(tablesOf(measured)).map(([topic, table]) => [
    topic,
    [...CHARTS_OF[topic as Topic].map(image), table, goalTable(measured, topic as Topic)].join('\n\n'),
  ]);
  return {
    machine: machine(measured),
    goals: goalSummary(measured),
    ...Object.fromEntries(topics),
  };
}

function machine({ machine, runs }: Measured): string {
  const lines = runs.map(({ command, date }) => `- ${date}: \`${command}\``);
  return [`${machineOf(machine)}.`, '', ...lines].join('\n');
}

/**
 * Rewrites the parts of a page between its marks.
 *
 * @throws Error, if the page has a mark for which there is no part, or a part has no mark
 */
export function fill(text: string, parts: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(parts));
  const filled = text.replace(PART, (_, begin: string, name: string, end: string) => {
    if (!missing.delete(name))
      throw new Error(`the page marks a part "${name}", which is unknown or filled already`);
    return `${begin}${parts[name]}\n${end}`;
  });
  if (missing.size > 0) throw new Error(`the page has no marks for ${[...missing].join(', ')}`);
  return filled;
}
