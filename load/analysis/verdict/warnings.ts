import { firstFew } from '../../../tasks/lib/answer/report.ts';
import { percent } from '../numbers.ts';
import type { Evidence, HostEvidence } from './evidence.ts';
import { busyHost, cpuPressure } from './load-host.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What makes a result worth less, a sentence each. */
export function warningsOf(evidence: Evidence): string[] {
  const { hosts, missing, server, total } = evidence;
  return [
    ...(total.seconds === 0
      ? ['No time was measured: warm-up and cool-down leave nothing of the test.']
      : []),
    ...(missing.length > 0
      ? [
          `The result is without ${firstFew(
            missing.map(({ name }) => name),
            ', ',
          )}.`,
        ]
      : []),
    ...hosts.flatMap(notDone),
    ...hosts.flatMap(({ name, warnings }) => warnings.map((warning) => `${name}: ${warning}.`)),
    ...clocks(hosts),
    ...(server.length === 0
      ? ["There are no samples of the server's status: the verdict cannot tell whether it was saturated."]
      : []),
    ...hosts.filter((host) => busyHost(host, server).length === 0).flatMap(busyButOnTime),
  ];
}

const STATES = {
  running: 'The test still runs',
  stopped: 'The test was stopped',
  failed: 'The test failed',
} as const;

function notDone({ name, state, lasted, planned }: HostEvidence): string[] {
  if (state === 'done') return [];
  const when =
    lasted < planned ? ` after ${Math.round(lasted / 1000)} of ${Math.round(planned / 1000)} s` : '';
  return [`${STATES[state]} on ${name}${when}.`];
}

function clocks(hosts: readonly HostEvidence[]): string[] {
  const unknown = hosts.filter(({ clock }) => clock === null).map(({ name }) => name);
  const offsets = hosts.flatMap(({ clock }) => clock?.offset ?? []);
  const apart = Math.max(...offsets) - Math.min(...offsets);
  return [
    ...(unknown.length > 0
      ? [`The clock of ${firstFew(unknown, ', ')} was not compared with the server's.`]
      : []),
    ...(apart > THRESHOLDS.clocks
      ? [`The clocks of the load hosts were ${Math.round(apart)} ms apart.`]
      : []),
  ];
}

function busyButOnTime(host: HostEvidence): string[] {
  const pressure = cpuPressure(host) ?? 0;
  if (pressure <= THRESHOLDS.cpuPressure || host.lateP99 > THRESHOLDS.lateUnderPressure) return [];
  return [
    `Tasks on ${host.name} waited for a processor in ${percent(pressure)} of the time. Runs started on time, but may have taken longer.`,
  ];
}
