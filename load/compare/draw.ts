import type { Random } from '../schedule/random.ts';
import type { Sample } from './sample.ts';

/** Has each block of a sample once: the sample as it was measured. */
export function everything(sample: Sample): Float64Array {
  return new Float64Array(sample.flat().length).fill(1);
}

/**
 * Draws from a sample with replacement: as many results as there are, and from each of them as many blocks as it has.
 *
 * @returns a function that returns how often each block came up. It reuses its array.
 */
export function drawerOf(sample: Sample, random: Random): () => Float64Array {
  const lengths = sample.map(({ length }) => length);
  const firsts = lengths.map((_, result) =>
    lengths.slice(0, result).reduce((sum, length) => sum + length, 0),
  );
  const weights = everything(sample);
  return () => {
    weights.fill(0);
    for (let number = 0; number < lengths.length; number++) {
      const result = Math.floor(random() * lengths.length);
      const [first, length] = [firsts[result] as number, lengths[result] as number];
      for (let block = 0; block < length; block++) {
        const chosen = first + Math.floor(random() * length);
        weights[chosen] = (weights[chosen] as number) + 1;
      }
    }
    return weights;
  };
}
