import type { Figures, Latency, ObjectiveResult, Result } from '../../model/load/result.ts';
import { counted, formatNumber, formatValue } from '../report/format.ts';
import { unitOf } from '../report/objective-unit.ts';
import { RUN_INTERVALS } from './numbers.ts';

/** Maximum number of sentences of a kind. The report has all of them. */
const SENTENCES_MAX = 2;

/**
 * Summarizes a result for people, in at most ten lines. The first says whether the test passed, and if the load hosts
 * were the bottleneck, that they were.
 */
export function summaryOf(result: Result): string {
  const { verdict, objectives, total, hosts, advice } = result;
  const present = hosts.filter(({ state }) => state !== 'missing').length;
  return [
    `${wordOf(verdict)}. ${verdict.text}`,
    `Test ${result.id}: ${measured(total)}, on ${present} of ${counted(hosts.length, 'load host')}`,
    ...(objectives.length > 0 ? [`Objectives: ${objectives.map(objective).join('; ')}`] : []),
    `Load: ${load(total)}`,
    `Runs: ${runs(total)}`,
    ...(total.latencies.total ? [`Latency: ${latency(total.latencies.total)}`] : []),
    ...sentences('Evidence', verdict.evidence),
    ...(advice ? [`Advice: ${advice.text}`] : []),
    ...sentences('Warnings', verdict.warnings),
  ].join('\n');
}

function wordOf({ passed, refused }: Result['verdict']): string {
  if (refused) return 'Refused';
  return passed ? 'Passed' : 'Failed';
}

function measured({ seconds, arrivals }: Figures): string {
  return `${counted(arrivals, 'arrival')} in ${formatValue(seconds / 60, 'measured minutes')}`;
}

function objective({ text, figure, value, holds }: ObjectiveResult): string {
  const shown = value === null ? 'not measured' : formatValue(value, unitOf(figure));
  return `${text} ${holds ? 'holds' : 'does not hold'} (${shown})`;
}

function load({ offered, achieved }: Figures): string {
  const agents = RUN_INTERVALS.map(
    (minutes) => `${formatNumber(Math.round(offered * minutes))} every ${minutes}`,
  );
  return `${formatNumber(offered)} runs a minute offered, ${formatNumber(achieved)} achieved (in agents: ${agents.join(' or ')} minutes)`;
}

function runs({ good, failed, dropped, heldBack }: Figures): string {
  const counts = { 'ended well': good, failed, dropped, 'held back': heldBack };
  return Object.entries(counts)
    .map(([name, count]) => `${formatNumber(count)} ${name}`)
    .join(', ');
}

function latency({ p50, p95, p99, p999, max }: Latency): string {
  const values = { p50, p95, p99, 'p99.9': p999, max };
  return Object.entries(values)
    .map(([name, value]) => `${name} ${formatValue(value, 's')}`)
    .join(', ');
}

function sentences(title: string, all: readonly string[]): string[] {
  if (all.length === 0) return [];
  const more = all.length - SENTENCES_MAX;
  const rest = more > 0 ? ` And ${more} more: see the report.` : '';
  return [`${title}: ${all.slice(0, SENTENCES_MAX).join(' ')}${rest}`];
}
