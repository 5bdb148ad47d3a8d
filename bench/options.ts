import path from 'node:path';
import { type Command, Option } from 'commander';
import { REPO } from '../lab/paths.ts';
import { wholeNumber } from '../lab/whole-number.ts';

/** Parts of the benchmark: applies of a small and a large fleet, life cycles of fleets, check-ins. */
export const PARTS = ['applies', 'fleets', 'check-ins'] as const;

export type Part = (typeof PARTS)[number];

export interface Options {
  readonly sizes: readonly number[];
  readonly clones: number;
  readonly weigh: number;
  readonly checkIn?: number;
  readonly interval?: number;
  readonly intervals: number;
  readonly against?: string;
  readonly only?: Part;
  readonly json: string;
}

const DEFAULT_FILE = path.relative(process.cwd(), path.join(REPO, 'build/bench.json'));

const sizes = (text: string) => text.split(',').map(wholeNumber(1));

/** Adds the benchmark's options to its command. */
export function addOptions(program: Command): Command {
  return program
    .option('--sizes <list>', 'fleet sizes to measure on both sides', sizes, [1, 10, 50])
    .option('--clones <n>', 'largest fleet of this module, by timer', wholeNumber(1), 100)
    .option(
      '--weigh <n>',
      'largest fleet of resident agents whose memory is measured; takes minutes per hundred clones',
      wholeNumber(0),
      10,
    )
    .option(
      '--check-in <n>',
      'size of the fleet whose check-ins are counted; 0 skips this part (default: --clones)',
      wholeNumber(0),
    )
    .option(
      '--interval <seconds>',
      'run interval for counting check-ins (default: 1.8 s per clone)',
      wholeNumber(0),
    )
    .option(
      '--intervals <n>',
      'number of these intervals; the first includes requests for certificates',
      wholeNumber(1),
      2,
    )
    .option('--against <revision>', 'also measure the module of this Git revision')
    .addOption(new Option('--only <part>', 'run only this part').choices(PARTS))
    .option('--json <file>', 'file for the results', DEFAULT_FILE);
}
