import type { HostResult, Result } from '../../../model/load/result.ts';
import { formatElapsed, formatNumber, formatValue } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../table.ts';

const GIBIBYTE = 1024 ** 3;

/** What the test was made with: profile, server, load hosts. */
export function setupSection(result: Result): Html {
  const { profile, server, roster } = result;
  return html`<section>
<h2>Setup</h2>
<p>Puppet server: ${server.version ? `version ${server.version}` : 'version unknown'}. Seed: ${String(profile.seed)}.</p>
${table(
  'Phases of the profile',
  [
    { title: 'phase', value: ({ name }) => name },
    { title: 'length', numeric: true, value: ({ length }) => formatElapsed(length / 1000) },
    { title: 'warm-up', numeric: true, value: ({ warmUp }) => formatElapsed(warmUp / 1000) },
    { title: 'cool-down', numeric: true, value: ({ coolDown }) => formatElapsed(coolDown / 1000) },
  ],
  profile.phases,
)}
${hostTable(result)}
${table(
  'Clones by load host and base image',
  [
    { title: 'host', value: ({ name }) => name },
    { title: 'base', value: ({ base }) => base },
    { title: 'clones', numeric: true, value: ({ clones }) => formatNumber(clones) },
    { title: 'agent', value: ({ name, base }) => agentOf(result, name, base) },
  ],
  roster.hosts.flatMap(({ name, groups }) => groups.map((group) => ({ name, ...group }))),
)}
<details><summary>Profile as it ran</summary><pre>${JSON.stringify(profile, null, 2)}</pre></details>
</section>
`;
}

function hostTable({ hosts, begin, end }: Result): Html {
  const seconds = (Date.parse(end) - Date.parse(begin)) / 1000;
  return table<HostResult>(
    'Load hosts',
    [
      { title: 'host', value: ({ name }) => name },
      { title: 'ended', value: ({ state }) => state },
      { title: 'arrivals', numeric: true, value: ({ arrivals }) => formatNumber(arrivals) },
      { title: 'late p99, ms', numeric: true, value: ({ lateness }) => formatNumber(lateness.p99) },
      { title: 'clock offset, ms', numeric: true, value: ({ clock }) => offsetOf(clock) },
      {
        title: 'driver’s CPU, %',
        numeric: true,
        value: ({ cpu }) => formatNumber((cpu.driver * 100) / seconds),
      },
      { title: 'processors', numeric: true, value: ({ about }) => formatValue(about?.processors, '') },
      {
        title: 'memory',
        numeric: true,
        value: ({ about }) => formatValue(about && about.memory / GIBIBYTE, 'GiB'),
      },
      { title: 'system', value: ({ about }) => about?.os ?? '-' },
      { title: 'kernel', value: ({ about }) => about?.kernel ?? '-' },
      { title: 'systemd', value: ({ about }) => about?.systemd ?? '-' },
    ],
    hosts,
  );
}

function offsetOf(clock: HostResult['clock']): string {
  return clock ? `${formatNumber(clock.offset)} ± ${formatNumber(clock.uncertainty)}` : 'unknown';
}

function agentOf({ hosts }: Result, name: string, base: string): string {
  const agents = hosts.find((host) => host.name === name)?.about?.agents ?? {};
  return new Map(Object.entries(agents)).get(base) ?? '-';
}
