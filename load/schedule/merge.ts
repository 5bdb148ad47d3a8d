/**
 * Merges ascending sequences into one ascending sequence, without reading ahead by more than one number of each. Equal
 * numbers are kept in the order of their sequences.
 */
export function merge(sequences: readonly Iterable<number>[]): Iterable<number> {
  if (sequences.length <= 1) return sequences[0] ?? [];
  const half = sequences.length >> 1;
  return mergeTwo(merge(sequences.slice(0, half)), merge(sequences.slice(half)));
}

function* mergeTwo(first: Iterable<number>, second: Iterable<number>): Generator<number> {
  const rest = second[Symbol.iterator]();
  let other = rest.next();
  for (const number of first) {
    for (; !other.done && other.value < number; other = rest.next()) yield other.value;
    yield number;
  }
  for (; !other.done; other = rest.next()) yield other.value;
}
