import fs from 'fs-extra';
import type { Figure, Reading, Results } from './figures.ts';
import type { Side } from './side.ts';

/** Records a value. */
export type Note = (figure: Figure, side: Side, clones: number, value: number) => void;

/** Collects readings and writes them to a file. */
export class Recorder {
  /** Undefined until the host is up. */
  machine: Results['machine'] | undefined;
  private readonly readings: Reading[] = [];
  private readonly began = new Date();

  /**
   * @param file - File for the results, in JSON
   * @param args - Arguments of the benchmark, to be recorded with the results
   */
  constructor(
    private readonly file: string,
    private readonly args: readonly string[],
  ) {}

  readonly note: Note = (figure, { name }, clones, value) => {
    this.readings.push({ figure, side: name, clones, value });
  };

  /** Writes the readings so far. Nothing is written before the machine is known. */
  async save(): Promise<Results | undefined> {
    if (!this.machine) return undefined;
    const results: Results = {
      machine: this.machine,
      command: ['npm run bench', ...(this.args.length > 0 ? ['--', ...this.args] : [])].join(' '),
      date: this.began.toISOString().slice(0, 10),
      readings: this.readings,
    };
    await fs.outputJson(this.file, results, { spaces: 2 });
    return results;
  }
}
