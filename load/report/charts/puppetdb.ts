import type { Result } from '../../../model/load/result.ts';
import type { PuppetdbSample } from '../../../model/load/sample.ts';
import type { Chart } from '../chart.ts';
import { rateBetween, sampledChart } from './sampled.ts';

/** PuppetDB, where there is one. */
export function puppetdbCharts(result: Result): Chart[] {
  const begin = Date.parse(result.begin);
  const samples = result.server.puppetdb.map((sample) => ({ ...sample, at: (sample.at - begin) / 1000 }));
  const rate = (figure: 'processed' | 'discarded' | 'retried') =>
    function read(now: PuppetdbSample, before: PuppetdbSample | undefined): number | null {
      return before ? rateBetween(now[figure], before[figure], now.at - before.at) : null;
    };
  const charts = [
    sampledChart<PuppetdbSample>({
      id: 'puppetdb-queue',
      title: 'Queue of PuppetDB',
      caption: 'Commands that wait. A queue that grows until the end means that PuppetDB is saturated.',
      unit: 'commands',
      samples,
      lines: { queue: ({ queueDepth }) => queueDepth },
    }),
    sampledChart<PuppetdbSample>({
      id: 'puppetdb-commands',
      title: 'Commands of PuppetDB',
      caption: 'Commands a minute: processed, tried again after an error, and discarded.',
      unit: 'commands/min',
      samples,
      lines: { processed: rate('processed'), retried: rate('retried'), discarded: rate('discarded') },
    }),
    sampledChart<PuppetdbSample>({
      id: 'puppetdb-time',
      title: 'Time of PuppetDB’s commands',
      caption: 'PuppetDB’s own average.',
      unit: 'ms',
      samples,
      lines: { command: ({ meanCommand }) => meanCommand },
    }),
  ];
  return charts.filter((chart) => chart !== null);
}
