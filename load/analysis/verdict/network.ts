import type { Evidence, HostEvidence } from './evidence.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What says that the network lost packets, a sentence each. */
export function networkFindings({ hosts, total }: Evidence): string[] {
  const runs = Math.max(1, total.good + total.failed);
  const retransmits = sum(hosts, 'retransmits') / runs;
  const errors = sum(hosts, 'networkErrors') / runs;
  return [
    ...(retransmits > THRESHOLDS.retransmits
      ? [`The load hosts sent ${retransmits.toFixed(1)} TCP segments again per run.`]
      : []),
    ...(errors > THRESHOLDS.networkErrors
      ? [`The load hosts' network interfaces had ${errors.toFixed(1)} errors or drops per run.`]
      : []),
  ];
}

function sum(hosts: readonly HostEvidence[], key: 'retransmits' | 'networkErrors'): number {
  return hosts.flatMap(({ samples }) => samples).reduce((all, sample) => all + sample[key], 0);
}
