import type { Result } from '../../model/load/result.ts';
import { type SampleOptions, sampleResult } from './result.ts';

/** Clones of two equal base images. */
export const BOTH = [
  { base: 'debian-12', clones: 20, median: 1500 },
  { base: 'debian-13', clones: 20, median: 1500 },
];

/** The result of a test of a few minutes, at a load that the server takes easily. */
export function shortResult(seed: number, more: SampleOptions = {}): Result {
  return sampleResult({ seed, minutes: 5, load: 0.1, ...more });
}
