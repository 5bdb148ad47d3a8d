import type { Reduced } from '../../../model/load/reduced.ts';
import type { ObjectiveResult, Result } from '../../../model/load/result.ts';
import { decodeHistogram } from '../../histogram.ts';
import { nameOf } from '../check-same.ts';
import { arrivalsIn } from '../host-results.ts';
import type { MissingHost } from '../missing-hosts.ts';
import type { Windows } from '../windows.ts';

/** What a verdict is based on: figures of the measured windows, unless they say otherwise. */
export interface Evidence {
  readonly hosts: readonly HostEvidence[];
  /** Hosts without a result, and their planned arrivals in the whole test. */
  readonly missing: readonly { readonly name: string; readonly arrivals: number }[];
  readonly server: Result['server']['samples'];
  readonly puppetdb: Result['server']['puppetdb'];
  readonly objectives: readonly ObjectiveResult[];
  readonly total: Pick<Result['total'], 'seconds' | 'good' | 'failed'>;
}

/** Evidence of one load host. */
export interface HostEvidence {
  readonly name: string;
  readonly state: Reduced['state'];
  /** Milliseconds of the test on this host, and as planned. */
  readonly lasted: number;
  readonly planned: number;
  /** In the whole test. */
  readonly arrivals: number;
  readonly heldBack: number;
  /** Milliseconds by which the latest 1 % of all starts were late. */
  readonly lateP99: number;
  readonly clock: Reduced['clock'];
  /** Bytes. */
  readonly memory: number;
  readonly samples: Reduced['hostSamples'];
  readonly warnings: readonly string[];
}

/** Selects the evidence from what the hosts recorded and the figures. */
export function evidenceOf(
  hosts: readonly Reduced[],
  missing: readonly MissingHost[],
  windows: Windows,
  figures: Pick<Evidence, 'objectives' | 'total'>,
): Evidence {
  const isMeasured = (at: number) => windows.window(windows.indexAt(at)).measured;
  return {
    ...figures,
    hosts: hosts.map((host) => hostEvidence(host, windows, isMeasured)),
    missing: missing.map(({ host, windows: held }) => ({ name: host.name, arrivals: arrivalsIn(held) })),
    server: hosts.flatMap(({ begin, serverSamples }) =>
      serverSamples.filter(({ at }) => isMeasured(at - begin)),
    ),
    puppetdb: hosts.flatMap(({ begin, puppetdbSamples }) =>
      puppetdbSamples.filter(({ at }) => isMeasured(at - begin)),
    ),
  };
}

function hostEvidence(
  host: Reduced,
  { duration }: Windows,
  isMeasured: (at: number) => boolean,
): HostEvidence {
  return {
    name: nameOf(host),
    state: host.state,
    lasted: host.end - host.begin,
    planned: duration,
    arrivals: arrivalsIn(host.windows),
    heldBack: host.windows.reduce((sum, { outcomes }) => sum + (outcomes.held_back ?? 0), 0),
    lateP99: decodeHistogram(host.lateness).getValueAtPercentile(99),
    clock: host.clock,
    memory: host.about.memory,
    samples: host.hostSamples.filter(({ at }) => isMeasured(at)),
    warnings: host.warnings,
  };
}
