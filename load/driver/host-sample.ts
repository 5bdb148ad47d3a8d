import type { HostSample } from '../../model/load/sample.ts';

/** Files of the kernel that a sample is made from, by name below /proc. Empty if the kernel has no such file. */
export const PROC_FILES = [
  'pressure/cpu',
  'pressure/memory',
  'pressure/io',
  'stat',
  'meminfo',
  'loadavg',
  'net/snmp',
  'net/dev',
  'self/stat',
] as const;
export type ProcFiles = Readonly<Record<(typeof PROC_FILES)[number], string>>;

/** Clock ticks a second in /proc: the same on all Linux systems. */
const TICKS = 100;

/** Counters that grow since the host or the process began. */
export interface HostCounters {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Microseconds in which some task waited. */
  readonly waited: { readonly cpu: number; readonly memory: number; readonly io: number } | null;
  /** Ticks of all processors. */
  readonly busy: number;
  readonly total: number;
  readonly retransmits: number;
  readonly networkErrors: number;
}

/** Reads the counters. */
export function countersOf(files: ProcFiles, at: number): HostCounters {
  const waited = (name: 'cpu' | 'memory' | 'io') =>
    Number(/^some .*total=(\d+)/m.exec(files[`pressure/${name}`])?.[1] ?? Number.NaN);
  const pressure = { cpu: waited('cpu'), memory: waited('memory'), io: waited('io') };
  const times = (/^cpu +(.*)/m.exec(files.stat)?.[1] ?? '').split(' ').map(Number);
  // Time of guests, which follows, is part of that of users.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = times;
  const busy = user + nice + system + irq + softirq + steal;
  return {
    at,
    waited: Number.isNaN(pressure.cpu + pressure.memory + pressure.io) ? null : pressure,
    busy,
    total: busy + idle + iowait,
    retransmits: retransmitsIn(files['net/snmp']),
    networkErrors: networkErrorsIn(files['net/dev']),
  };
}

/**
 * The state of the host between two readings of its counters.
 *
 * @param running - agent runs in progress
 */
export function hostSample(
  files: ProcFiles,
  before: HostCounters,
  now: HostCounters,
  running: number,
): HostSample {
  const elapsed = Math.max(1, (now.at - before.at) * 1000);
  const share = (name: 'cpu' | 'memory' | 'io') =>
    Math.min(1, Math.max(0, ((now.waited?.[name] ?? 0) - (before.waited?.[name] ?? 0)) / elapsed));
  const bytes = (key: string) =>
    Number(new RegExp(`^${key}: +(\\d+) kB`, 'm').exec(files.meminfo)?.[1] ?? 0) * 1024;
  return {
    kind: 'host',
    at: now.at,
    pressure:
      now.waited && before.waited ? { cpu: share('cpu'), memory: share('memory'), io: share('io') } : null,
    cpu: (now.busy - before.busy) / Math.max(1, now.total - before.total),
    processors: files.stat.match(/^cpu\d+ /gm)?.length ?? 1,
    memoryAvailable: bytes('MemAvailable'),
    memoryTotal: bytes('MemTotal'),
    runnable: Number(/ (\d+)\/\d+ /.exec(files.loadavg)?.[1] ?? 0),
    running,
    retransmits: now.retransmits - before.retransmits,
    networkErrors: now.networkErrors - before.networkErrors,
    driverCpu: cpuSecondsIn(files['self/stat']),
  };
}

/** Segments sent again: a line of names is followed by one of values. */
function retransmitsIn(snmp: string): number {
  const [names = [], values = []] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Tcp: '))
    .map((line) => line.split(' '));
  return Number(values[names.indexOf('RetransSegs')] ?? 0);
}

/** Errors and drops, received and sent, of all interfaces. */
function networkErrorsIn(dev: string): number {
  const rows = dev.split('\n').flatMap((line) => /^ *[^ :]+: *(.*)/.exec(line)?.[1] ?? []);
  const columns = [2, 3, 10, 11];
  return rows
    .map((row) => row.split(/ +/))
    .reduce((sum, values) => sum + columns.reduce((n, column) => n + Number(values[column] ?? 0), 0), 0);
}

/** CPU time of a process and of its children that have ended. Its name, in parentheses, may contain anything. */
function cpuSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}
