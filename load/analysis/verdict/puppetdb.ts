import { meanOf } from '../numbers.ts';
import type { Evidence } from './evidence.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What says that PuppetDB did not keep up, a sentence each. */
export function puppetdbFindings({ puppetdb }: Evidence): string[] {
  const depths = puppetdb.flatMap(({ queueDepth }) => queueDepth ?? []);
  const third = Math.floor(depths.length / 3);
  const first = meanOf(depths.slice(0, third));
  const last = meanOf(depths.slice(depths.length - third));
  if (third === 0 || first === undefined || last === undefined) return [];
  if (last - first <= THRESHOLDS.queueGrowth || last < THRESHOLDS.queueFactor * first) return [];
  return [
    `PuppetDB's queue grew from ${first.toFixed(0)} to ${last.toFixed(0)} commands, averaged over the first and last third of the test.`,
  ];
}
