import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
  type JsHistogram,
} from 'hdr-histogram-js';
import type { EncodedHistogram } from '../model/load/reduced.ts';

/** Three significant digits: a latency is off by at most 0.1 %. */
const SIGNIFICANT_DIGITS = 3;

/** Bits of a count. An analysis keeps thousands of histograms in memory. */
const COUNT_BITS = 32;

/** Creates an empty histogram of whole milliseconds, which grows with its values. */
export function newHistogram(): Histogram {
  return build({
    bitBucketSize: COUNT_BITS,
    autoResize: true,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
    useWebAssembly: false,
  });
}

/** Encodes a histogram for a file. */
export function encodeHistogram(histogram: Histogram): EncodedHistogram {
  return encodeIntoCompressedBase64(histogram);
}

/**
 * Decodes a histogram from a file.
 *
 * @throws Error if the text is not an encoded histogram
 */
export function decodeHistogram(text: EncodedHistogram): Histogram {
  return decodeFromCompressedBase64(text, COUNT_BITS, false);
}

/** Records a duration in milliseconds. One that is negative, because a clock was set back, counts as 0. */
export function recordMilliseconds(histogram: Histogram, milliseconds: number): void {
  histogram.recordValue(Math.max(0, Math.round(milliseconds)));
}

/** Adds up encoded histograms, of which one at a time is in memory. */
export function sumOf(encoded: Iterable<EncodedHistogram>): Histogram {
  const sum = newHistogram();
  for (const text of encoded) sum.add(decodeHistogram(text));
  return sum;
}

/** Recorded values in ascending order, each with the number of times that it was recorded. */
export function countsOf(histogram: Histogram): { value: number; count: number }[] {
  const counts: { value: number; count: number }[] = [];
  const values = (histogram as JsHistogram).recordedValuesIterator;
  values.reset();
  while (values.hasNext()) {
    const { valueIteratedTo: value, countAddedInThisIterationStep: count } = values.next();
    counts.push({ value, count });
  }
  return counts;
}
