import type { Host } from '../../lab/host/host.ts';
import { SERVER } from '../../lab/hosts.ts';
import { Lab } from '../../lab/lab.ts';
import type { Release } from '../../lab/release.ts';

/** The lab of this suite: two clone hosts, the first of which runs the server. It need not survive a crash. */
export const lab = new Lab('truth', { suppressSync: true }, 2);
export const [first, second] = lab.cloneHosts as readonly [Host, Host];
export const release: Release = { os: 'Debian', suite: 'trixie' };
export const server = lab.server(release);

/** Clones of each base image. */
export const COUNT = 20;

/** Equal base images: `left` on both hosts, `right` on the first only. */
export const BASES: Readonly<Record<string, readonly string[]>> = {
  [first.target]: ['left', 'right'],
  [second.target]: ['left'],
};

/** Certnames of a host's clones, by the name that systemd has for them. */
export function clonesOf(host: Host, count = COUNT): Map<string, string> {
  const names = (BASES[host.target] ?? []).flatMap((base) =>
    Array.from({ length: count }, (_, i) => `${base}-${i + 1}`),
  );
  return new Map(names.map((name) => [name, `${name}.${host.certname}`]));
}

/** Keys of agents take seconds of CPU to generate, and many times as long at their usual length. */
const SHORT_KEYS = `'puppet_settings' => { 'agent' => { 'keylength' => '2048' } }`;

/**
 * Puppet code that declares a host's fleet. By their own timers, its agents would run once a day.
 *
 * @param more - Parameters of base images in Puppet syntax, by their names
 * @param rest - More parameters of the class in Puppet syntax
 */
export function declaration(
  host: Host,
  count = COUNT,
  more: Readonly<Record<string, string>> = {},
  rest: readonly string[] = [],
): string {
  const bases = (BASES[host.target] ?? []).map((base) => {
    const parameters = [`'count' => ${count}`, SHORT_KEYS, ...(more[base] ? [more[base]] : [])];
    return `'${base}' => { ${parameters.join(', ')} }`;
  });
  const parameters = [`master => '${SERVER}'`, `run_mode => 'timer'`, 'run_interval => 86400', ...rest];
  return `class { 'clone_army': ${parameters.join(', ')}, bases => { ${bases.join(', ')} } }`;
}
