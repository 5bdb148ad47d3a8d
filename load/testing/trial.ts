import { type Difference, differencesOf } from '../compare/bootstrap.ts';
import { MAIN } from '../compare/questions.ts';
import { randomOf } from '../schedule/random.ts';
import { type BlockOptions, drawBlocks } from './blocks.ts';

/** Compares what two tests of these kinds measured. */
export function trial(
  seed: number,
  before: BlockOptions,
  after: BlockOptions,
  questions = MAIN,
): Difference[] {
  return differencesOf(
    [drawBlocks(randomOf(seed, 0), before)],
    [drawBlocks(randomOf(seed, 1), after)],
    questions,
    { random: randomOf(seed, 2), paired: false, confidence: 0.95 },
  );
}
