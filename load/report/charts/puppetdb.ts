import type { Result } from '../../../model/load/result.ts';
import type { PuppetdbSample } from '../../../model/load/sample.ts';
import type { Chart } from '../chart.ts';
import { sampledChart } from './sampled.ts';

/** PuppetDB, where there is one. */
export function puppetdbCharts(result: Result): Chart[] {
  const begin = Date.parse(result.begin);
  const queue = sampledChart<PuppetdbSample>({
    id: 'puppetdb-queue',
    title: 'Queue of PuppetDB',
    caption: 'Commands that wait. A queue that grows until the end means that PuppetDB is saturated.',
    unit: 'commands',
    samples: result.server.puppetdb.map((sample) => ({ ...sample, at: (sample.at - begin) / 1000 })),
    lines: { queue: ({ queueDepth }) => queueDepth },
  });
  return queue === null ? [] : [queue];
}
