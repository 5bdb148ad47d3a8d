import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reading, Results } from './figures.ts';
import { machineOf } from './report.ts';

/** What several runs of the benchmark have measured on one machine. */
export interface Measured {
  readonly machine: Results['machine'];
  readonly runs: readonly Pick<Results, 'command' | 'date'>[];
  /** At most one of each figure, side and size. */
  readonly readings: readonly Reading[];
}

/**
 * Makes one set of the results of several runs.
 *
 * A run may repeat what another has measured on its way to a larger fleet. The first run in the list counts.
 *
 * @throws Error, if the runs were on different machines: their figures cannot be compared
 */
export function combine(results: readonly Results[]): Measured {
  const [first] = results;
  if (!first) throw new Error('there are no results to combine');
  const other = results.find(({ machine }) => machineOf(machine) !== machineOf(first.machine));
  if (other)
    throw new Error(
      `${other.command} ran on another machine than ${first.command}: ${machineOf(other.machine)}, not ${machineOf(first.machine)}`,
    );
  const readings = new Map<string, Reading>();
  for (const reading of results.flatMap((some) => some.readings)) {
    const key = [reading.figure, reading.side, reading.clones].join();
    if (!readings.has(key)) readings.set(key, reading);
  }
  const runs = results.map(({ command, date }) => ({ command, date }));
  return { machine: first.machine, runs, readings: [...readings.values()] };
}

/** Reads all results in a folder, in the order of their names: fleets-100 comes before fleets-2000. */
export async function readMeasured(folder: string): Promise<Measured> {
  const files = await readdir(folder);
  files.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return combine(texts.map((text) => JSON.parse(text)));
}
