import type { ServerSample } from '../../model/load/sample.ts';

type Figures = Omit<ServerSample, 'kind' | 'at' | 'took' | 'error'>;
type Json = Readonly<Record<string, unknown>>;
type Timer = { readonly count: number; readonly mean: number };

/**
 * Reads the answer of a Puppet server to `GET /status/v1/services?level=debug`. Puppet Enterprise calls some services by
 * other names. The API is a technology preview, so figures that it does not have are missing.
 *
 * @throws Error if the text is not JSON, or not an object
 */
export function serverFigures(text: string): Figures {
  const services = objectOf(JSON.parse(text));
  if (Object.keys(services).length === 0) throw new Error('the answer has no services');
  const service = (...names: string[]) =>
    objectOf(names.map((name) => services[name]).find((found) => found !== undefined));
  const details = (found: Json) => objectOf(objectOf(found.status).experimental);

  const server = service('server', 'master', 'pe-master');
  const profiler = details(service('puppet-profiler', 'pe-puppet-profiler'));
  const jvm = objectOf(details(service('status-service'))['jvm-metrics']);
  const jrubies = objectOf(details(service('jruby-metrics', 'pe-jruby-metrics')).metrics);
  return defined({
    version: typeof server.service_version === 'string' ? server.service_version : undefined,
    uptime: scaled(jvm['up-time-ms'], 1000),
    jrubies: jrubiesIn(jrubies),
    routes: timersIn(entriesOf(jrubies['borrow-timers'])),
    requests: timersIn(namedBy('route-id', details(server)['http-metrics'])),
    compiles: timersIn(namedBy('metric', profiler['catalog-metrics']))?.compile,
    heap: heapIn(objectOf(jvm['heap-memory'])),
    cpu: scaled(jvm['cpu-usage'], 100),
    gcCpu: scaled(jvm['gc-cpu-usage'], 100),
  });
}

function jrubiesIn(metrics: Json): Figures['jrubies'] {
  if (typeof metrics['num-jrubies'] !== 'number') return undefined;
  const waiting = metrics['requested-instances'];
  return {
    total: metrics['num-jrubies'],
    free: numberOf(metrics['num-free-jrubies']),
    requested: Array.isArray(waiting) ? waiting.length : 0,
    meanBorrow: numberOf(metrics['average-borrow-time']),
    meanWait: numberOf(metrics['average-wait-time']),
    borrowed: numberOf(metrics['borrow-count']),
    borrowTimeouts: numberOf(metrics['borrow-timeout-count']),
    queueLimitHits: numberOf(metrics['queue-limit-hit-count']),
  };
}

function heapIn({ used, committed, max }: Json): Figures['heap'] {
  if (typeof used !== 'number') return undefined;
  return { used, committed: numberOf(committed), max: numberOf(max) };
}

/** Those that have counted something. */
function timersIn(entries: readonly (readonly [string, unknown])[]): Record<string, Timer> | undefined {
  const timers = entries.flatMap(([name, value]): [string, Timer][] => {
    const { count, mean } = objectOf(value);
    return typeof count === 'number' && count > 0 ? [[name, { count, mean: numberOf(mean) }]] : [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(timers);
}

/** Items of a list by the name that each has under this key. */
function namedBy(key: string, list: unknown): [string, unknown][] {
  return (Array.isArray(list) ? list : []).map((item) => [String(objectOf(item)[key]), item]);
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(objectOf(value));
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function scaled(value: unknown, divisor: number): number | undefined {
  return typeof value === 'number' ? value / divisor : undefined;
}

/** The figures without those that are undefined. */
function defined(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
