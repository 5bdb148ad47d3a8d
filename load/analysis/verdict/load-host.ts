import { firstFew } from '../../../tasks/lib/answer/report.ts';
import { counted, formatNumber } from '../../report/format.ts';
import { meanOf, percent } from '../numbers.ts';
import type { Evidence, HostEvidence } from './evidence.ts';
import { THRESHOLDS } from './thresholds.ts';

/** Load hosts that did not offer the load as planned, and what says so. */
export interface LoadHostFinding {
  readonly hosts: readonly string[];
  readonly text: string;
}

/** What says that load hosts were the bottleneck, a sentence each. */
export function loadHostFindings({ hosts, missing, server }: Evidence): LoadHostFinding[] {
  const found = hosts.flatMap((host) =>
    [...heldBack(host), ...late(host), ...busyHost(host, server), ...littleMemory(host)].map((text) => ({
      hosts: [host.name],
      text,
    })),
  );
  return [...found, ...lost(missing)];
}

function lost(missing: Evidence['missing']): LoadHostFinding[] {
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name);
  const planned = missing.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const who = `${counted(names.length, 'load host')} (${firstFew(names, ', ')})`;
  const text = `There is no result of ${who}: ${counted(planned, 'planned arrival')} count as held back.`;
  return [{ hosts: names, text }];
}

/** Mean CPU pressure in the measured windows; undefined if the kernel does not tell. */
export function cpuPressure({ samples }: HostEvidence): number | undefined {
  return meanOf(samples.map(({ pressure }) => pressure?.cpu));
}

/** If somebody stopped the test, runs in progress are left, which says nothing about the host. */
function heldBack({ name, state, heldBack: count, arrivals }: HostEvidence): string[] {
  if (count === 0 || state === 'stopped') return [];
  const why = state === 'failed' ? ', because the test ended there before its time' : '';
  return [`${name} held back ${formatNumber(count)} of ${counted(arrivals, 'arrival')}${why}.`];
}

function late(host: HostEvidence): string[] {
  const { name, lateP99 } = host;
  const starts = `1 % of the runs on ${name} started ${Math.round(lateP99)} ms late or more`;
  if (lateP99 > THRESHOLDS.late) return [`${starts}.`];
  const pressure = cpuPressure(host) ?? 0;
  if (pressure <= THRESHOLDS.cpuPressure || lateP99 <= THRESHOLDS.lateUnderPressure) return [];
  return [`${starts}, and tasks waited for a processor in ${percent(pressure)} of the time.`];
}

/** What says that a host's processors were busy with something else than the server: a sentence, or none. */
export function busyHost(host: HostEvidence, server: Evidence['server']): string[] {
  const cpu = meanOf(host.samples.map((sample) => sample.cpu)) ?? 0;
  const pressure = cpuPressure(host) ?? 0;
  const ofServer = meanOf(server.map((sample) => sample.cpu)) ?? 0;
  const limits = THRESHOLDS.busy;
  if (cpu <= limits.cpu || pressure <= limits.pressure || ofServer > limits.server) return [];
  return [
    `The processors of ${host.name} were ${percent(cpu)} busy, and tasks waited for one in ${percent(pressure)} of the time, while the server's process used only ${percent(ofServer)} of its own.`,
  ];
}

function littleMemory({ name, memory, samples }: HostEvidence): string[] {
  const pressure = meanOf(samples.map((sample) => sample.pressure?.memory)) ?? 0;
  const available = Math.min(...samples.map(({ memoryAvailable }) => memoryAvailable / memory));
  return [
    ...(pressure > THRESHOLDS.memoryPressure
      ? [`Tasks on ${name} waited for memory in ${percent(pressure)} of the time.`]
      : []),
    ...(available < THRESHOLDS.memoryAvailable
      ? [`Only ${percent(available)} of the memory of ${name} was available at some time.`]
      : []),
  ];
}
