import type { Result } from '../../model/load/result.ts';

/** What should be equal on both sides, in words that follow `The`. */
const EQUAL: Readonly<Record<string, (result: Result) => unknown>> = {
  profiles: ({ profile: { seed: _, ...profile } }) => profile,
  seeds: ({ profile }) => profile.seed,
  'load hosts': ({ hosts }) => hosts.map(({ name }) => name).sort(),
  'machines of the load hosts': ({ hosts }) =>
    hosts.map(({ about }) => about && [about.os, about.kernel, about.processors, about.memory]),
  'numbers of clones': ({ roster }) => roster.hosts.map(({ groups }) => groups.map(({ clones }) => clones)),
  'versions of the Puppet server': ({ server }) => server.version,
  'versions of the agents': ({ hosts }) => hosts.map(({ about }) => about?.agents),
};

/** How two sides differ in what should be equal, and which results should not be compared at all. */
export function warningsOf(
  before: readonly Result[],
  after: readonly Result[],
  { beforeGroup, afterGroup }: { readonly beforeGroup?: string; readonly afterGroup?: string },
): string[] {
  const differing = Object.entries(EQUAL).flatMap(([what, read]) => {
    const [from, to] = [valuesOf(before, read), valuesOf(after, read)];
    if (from.length === 1 && to.length === 1 && from[0] === to[0]) return [];
    const values = what.startsWith('versions of the P')
      ? `: ${from.join(', ')} before, ${to.join(', ')} after`
      : '';
    return [`The ${what} differ${values}`];
  });
  const doubtful = [...new Set([...before, ...after])].flatMap(({ id, verdict, hosts }) => [
    ...(verdict.refused ? [`Test ${id} was refused: its load hosts were the bottleneck`] : []),
    ...hosts
      .filter(({ state }) => state !== 'done')
      .map(({ name, state }) => `In test ${id}, load host ${name} is ${state}`),
  ]);
  return [...differing, ...doubtful, ...groupWarnings(beforeGroup, afterGroup)];
}

function groupWarnings(before: string | undefined, after: string | undefined): string[] {
  if ((before === undefined) === (after === undefined)) return [];
  return [`Only one side is limited to clones of one base image (${before ?? after})`];
}

function valuesOf(results: readonly Result[], read: (result: Result) => unknown): string[] {
  return [...new Set(results.map((result) => textOf(read(result))))];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
