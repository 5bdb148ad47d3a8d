import type { Reduced } from '../../model/load/reduced.ts';
import type { Result, ResultWindow } from '../../model/load/result.ts';
import { adviceOf } from './advice.ts';
import { checkSame } from './check-same.ts';
import { FigureSums } from './figures.ts';
import { hostResult, missingHostResult } from './host-results.ts';
import { durationOf, indexWindows, mergeGroups, resultWindow, windowsUntil } from './merge-windows.ts';
import { type MissingHost, missingHosts } from './missing-hosts.ts';
import { evaluate } from './objectives.ts';
import { FAILURES_MAX } from './reduce-runs.ts';
import { evidenceOf } from './verdict/evidence.ts';
import { verdictOf } from './verdict/verdict.ts';
import { Windows } from './windows.ts';

/** How a result is judged. */
export interface MergeOptions {
  /** Whether a result stands although the load hosts were the bottleneck. */
  readonly allowLoadHostBottleneck?: boolean;
}

/**
 * Merges the parts of all load hosts into the result of the test. The order of the hosts does not matter. Hosts of the
 * roster that are missing are part of the result: their arrivals count as held back.
 *
 * @throws TaskError `bad-input` if the parts are not of one test
 */
export function merge(
  parts: readonly Reduced[],
  { allowLoadHostBottleneck = false }: MergeOptions = {},
): Result {
  const hosts = [...parts].sort((a, b) => a.host - b.host);
  checkSame(hosts);
  const { id, profile, roster } = hosts[0];
  const windows = new Windows(profile);
  const missing = missingHosts(hosts, windows, durationOf(hosts));
  const series = seriesOf(hosts, missing, windows);
  const clock = hosts.find(({ serverSamples }) => serverSamples.length > 0) ?? hosts[0];
  const server = {
    version: versionOf(hosts),
    samples: hosts.flatMap(({ serverSamples }) => serverSamples),
    puppetdb: hosts.flatMap(({ puppetdbSamples }) => puppetdbSamples),
  };
  const objectives = evaluate(profile.slo, series);
  const evidence = evidenceOf(hosts, missing, windows, { objectives, total: series.total });
  const hostResults = [...hosts.map(hostResult), ...missing.map(missingHostResult)];
  return {
    version: 1,
    id,
    begin: new Date(clock.begin).toISOString(),
    end: new Date(clock.begin + durationOf(hosts)).toISOString(),
    profile,
    roster,
    verdict: verdictOf(evidence, allowLoadHostBottleneck),
    objectives,
    ...series,
    windowLength: windows.length,
    server,
    hosts: inOrderOf(roster, hostResults),
    failures: failuresOf(hosts, clock.begin),
    advice: adviceOf(server.samples),
  };
}

/** Figures and time series. */
type Series = Pick<Result, 'total' | 'phases' | 'groups' | 'windows'>;

function seriesOf(hosts: readonly Reduced[], missing: readonly MissingHost[], windows: Windows): Series {
  const index = indexWindows(
    windows,
    [...hosts, ...missing].map((host) => host.windows),
  );
  const { profile, roster } = hosts[0] as Reduced;
  const total = new FigureSums();
  const phases = profile.phases.map(() => new FigureSums());
  const groups = new Map(groupsOf(roster, profile.bases).map((name) => [name, new FigureSums()]));
  const series = windowsUntil(windows, index, durationOf(hosts)).map((window): ResultWindow => {
    const merged = mergeGroups(index.get(windows.indexAt(window.at)));
    if (window.measured) {
      const phase = phases[window.phase] as FigureSums;
      for (const sums of [total, phase, ...groups.values()]) sums.addTime(window.length);
      for (const { group, counts, latencies } of merged) {
        for (const sums of [total, phase, groups.get(group)]) sums?.add(counts, latencies);
      }
    }
    return resultWindow(window, merged);
  });
  return {
    total: total.figures(),
    phases: phases.map((sums, i) => ({ name: profile.phases[i]?.name ?? '', ...sums.figures() })),
    groups: [...groups].map(([name, sums]) => ({ name, ...sums.figures() })),
    windows: series,
  };
}

/** Base images whose clones take part. */
function groupsOf({ hosts }: Result['roster'], bases: readonly string[] | null): string[] {
  const all = hosts.flatMap(({ groups }) => groups.map(({ base }) => base));
  return [...new Set(all)].filter((base) => bases === null || bases.includes(base)).sort();
}

function versionOf(hosts: readonly Reduced[]): string | null {
  const samples = hosts.flatMap(({ serverSamples }) => serverSamples);
  return samples.find(({ version }) => version !== undefined)?.version ?? null;
}

function inOrderOf<T extends { readonly name: string }>(
  { hosts }: Result['roster'],
  results: readonly T[],
): T[] {
  return hosts.flatMap(({ name }) => results.filter((result) => result.name === name));
}

/** The first failures. Their times are converted to the clock of the result, as if all hosts had begun at once. */
function failuresOf(hosts: readonly Reduced[], begin: number): Result['failures'] {
  return hosts
    .flatMap((host) => host.failures.map((failure) => ({ ...failure, at: failure.at - host.begin + begin })))
    .sort((a, b) => a.at - b.at)
    .slice(0, FAILURES_MAX);
}
