/** A stream of random numbers from 0 (inclusive) to 1 (exclusive), with 53 random bits each. */
export type Random = () => number;

/** What random numbers are for. Part of their seed, so that one choice does not affect another. */
export const PURPOSE = { hosts: 0, clones: 1, gaps: 2, groups: 3 } as const;

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * Creates a stream of random numbers that is the same on every machine and every version of Node: xoshiro128** by
 * Blackman and Vigna, which needs only 32-bit integers. `Math.random` cannot be seeded.
 *
 * @param seed - Whole numbers from 0 to 2^53 - 1. Streams with different lists are independent of each other
 */
export function randomOf(...seed: readonly number[]): Random {
  let [a, b, c, d] = stateOf(seed);

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  }
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / TWO_53;
}

/** Returns a random order of the numbers from 0 to count - 1 (Fisher and Yates). */
export function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[other] as number;
    order[other] = kept;
  }
  return order;
}

/** Hashes the numbers into the generator's 128 bits. */
function stateOf(seed: readonly number[]): [number, number, number, number] {
  const words = seed.flatMap((number) => [(number % TWO_32) | 0, Math.floor(number / TWO_32) | 0]);
  const state = [1, 2, 3, 4].map((lane) => words.reduce((hash, word) => mix(hash ^ mix(word)), mix(lane)));
  return state as [number, number, number, number];
}

/** Adds an odd constant and spreads each bit over all 32 (the finalizer of MurmurHash3). */
function mix(word: number): number {
  let hash = (word + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
