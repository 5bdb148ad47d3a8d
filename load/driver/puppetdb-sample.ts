import type { PuppetdbSample } from '../../model/load/sample.ts';

/**
 * Reads the answer of PuppetDB to `GET /status/v1/services/puppetdb-status`. Its metrics API has more, but refuses everybody
 * by default.
 *
 * @throws Error if the text is not such an answer
 */
export function puppetdbFigures(text: string): Pick<PuppetdbSample, 'queueDepth'> {
  const depth: unknown = JSON.parse(text)?.status?.queue_depth;
  if (typeof depth !== 'number') throw new Error('the answer has no depth of the queue');
  return { queueDepth: depth };
}
