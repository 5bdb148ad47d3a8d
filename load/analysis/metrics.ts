import type { Figures, Result } from '../../model/load/result.ts';
import { gauge, type Labels, type MetricFamily, type MetricSample, openMetrics } from '../open-metrics.ts';

/** Formats a result as OpenMetrics text: one value of each figure, for the whole test. */
export function metricsOf(result: Result): string {
  const prefix = 'puppet_load_test';
  return openMetrics(families(result).map((family) => ({ ...family, name: `${prefix}${family.name}` })));
}

function families({
  id,
  profile,
  begin,
  end,
  verdict,
  objectives,
  total,
  server,
  hosts,
}: Result): MetricFamily[] {
  const about = {
    id,
    profile: profile.name,
    bottleneck: verdict.bottleneck,
    server_version: server.version ?? '',
  };
  const outcomes = Object.entries(total.outcomes).map(([outcome, value]) => ({ labels: { outcome }, value }));
  return [
    {
      name: '',
      type: 'info',
      help: 'The load test.',
      samples: [{ suffix: '_info', labels: about, value: 1 }],
    },
    gauge('_passed', 'Whether the objectives held and the result stands: 1 or 0.', [
      { value: flag(verdict.passed) },
    ]),
    gauge('_refused', 'Whether the load hosts were the bottleneck: 1 or 0.', [
      { value: flag(verdict.refused) },
    ]),
    seconds('_begin_timestamp_seconds', 'Begin, since 1970.', [{ value: Date.parse(begin) / 1000 }]),
    seconds('_end_timestamp_seconds', 'End, since 1970.', [{ value: Date.parse(end) / 1000 }]),
    seconds('_measured_seconds', 'Measured time.', [{ value: total.seconds }]),
    gauge('_arrivals', 'Arrivals in the measured time.', [{ value: total.arrivals }]),
    gauge('_runs', 'Arrivals in the measured time by outcome.', outcomes),
    gauge('_offered_runs_per_minute', 'Offered load.', [{ value: total.offered }]),
    gauge('_achieved_runs_per_minute', 'Achieved load.', [{ value: total.achieved }]),
    latencies(total),
    gauge(
      '_objective_holds',
      'Whether an objective holds: 1 or 0.',
      objectives.map(({ text, holds }) => ({ labels: { objective: text }, value: flag(holds) })),
    ),
    gauge(
      '_objective_value',
      'What was measured for an objective, in its unit.',
      objectives.flatMap(({ text, value }) => (value === null ? [] : { labels: { objective: text }, value })),
    ),
    {
      name: '_host_late_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Time by which runs started after their arrival, by load host.',
      samples: hosts.flatMap(({ name: host, lateness }) =>
        quantiles({ host }, { 0.5: lateness.p50 / 1000, 0.99: lateness.p99 / 1000, 1: lateness.max / 1000 }),
      ),
    },
  ];
}

function latencies({ latencies: all }: Figures): MetricFamily {
  return {
    name: '_latency_seconds',
    type: 'summary',
    unit: 'seconds',
    help: 'Duration of runs from their arrival (total), and of their parts.',
    samples: Object.entries(all).flatMap(([metric, { count, mean, p50, p90, p95, p99, p999, max }]) => [
      ...quantiles({ metric }, { 0.5: p50, 0.9: p90, 0.95: p95, 0.99: p99, 0.999: p999, 1: max }),
      { suffix: '_count', labels: { metric }, value: count },
      { suffix: '_sum', labels: { metric }, value: count * mean },
    ]),
  };
}

function seconds(name: string, help: string, samples: readonly MetricSample[]): MetricFamily {
  return gauge(name, help, samples, 'seconds');
}

function quantiles(labels: Labels, values: Readonly<Record<string, number>>): MetricSample[] {
  return Object.entries(values).map(([quantile, value]) => ({ labels: { ...labels, quantile }, value }));
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}
