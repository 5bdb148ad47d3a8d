import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'fs-extra';
import { applyCode, type Result, runTask } from '../../lab/bolt.ts';
import { runningClones } from '../../lab/clones.ts';
import { SERVER } from '../../lab/hosts.ts';
import { Lab } from '../../lab/lab.ts';
import type { Release } from '../../lab/release.ts';
import { reportTimes, signed } from '../../lab/server/record.ts';

/** The suite's host; another release by RELEASE=bookworm. */
export const lab = new Lab('acceptance');
export const { host } = lab;
export const release: Release = { os: 'Debian', suite: process.env.RELEASE ?? 'trixie' };
/** The host that the server runs on; bullseye has none, and gets one beside it. */
export const server = lab.server(release);

/** Size of the fleet that the suite works with. */
export const SIZE = 6;
export const NAMES = Array.from({ length: SIZE }, (_, i) => `clone${i + 1}`);
export const BASE = `debian-${{ bullseye: 11, bookworm: 12, trixie: 13 }[release.suite]}`;

export const certnameOf = (clone: string) => `${clone}.${host.certname}`;
export const rootOf = (clone: string) => `/var/lib/machines/${clone}`;
export const overlayOf = (clone: string) => `/var/lib/puppet-clone-army/${clone}-overlay`;

/**
 * Puppet code that declares the class as the suite has it. Agents run every minute, so that those whose server was
 * away, as it is while the host boots, come back within the time of a test.
 *
 * @param more - Further parameters, as they stand in Puppet code
 */
export function declaration(numClones = SIZE, more: readonly string[] = []): string {
  const parameters = [
    `master => '${SERVER}'`,
    `num_clones => ${numClones}`,
    `base => { ${SETTINGS} }`,
    ...more,
  ];
  return `class { 'clone_army': ${parameters.join(', ')} }`;
}

/** Puppet code for the settings of a base image. */
export const SETTINGS = `'puppet_settings' => { 'agent' => { 'runinterval' => '1m' } }`;

/** Standard output of a command on the host; a failing one throws with its errors. */
export async function sh(command: string): Promise<string> {
  return (await host.ssh([command])).stdout as string;
}

/** Standard output of a command on the server's host. */
export async function onServer(command: string): Promise<string> {
  return (await server.ssh([command])).stdout as string;
}

/** Whether a command succeeds on the host. */
export async function succeeds(command: string): Promise<boolean> {
  return !(await host.ssh([command], { reject: false })).failed;
}

/** Resources of a `bolt apply` by what became of them. */
export function changes(result: Result): { changed: number; failed: number } {
  const metrics: [string, string, number][] = result.value.report.metrics.resources.values;
  const of = (name: string) => metrics.find(([key]) => key === name)?.[2] ?? 0;
  return { changed: of('changed'), failed: of('failed') };
}

/** Applies the class by `bolt apply`. */
export async function apply(numClones = SIZE): Promise<Result> {
  return applyCode(host, declaration(numClones));
}

/** Runs a task of the module through Bolt over ssh. */
export async function task(
  name: 'start' | 'stop' | 'status',
  parameters: Record<string, unknown> = {},
  ...flags: string[]
) {
  return runTask(host, `clone_army::${name}`, parameters, ...flags);
}

/** Waits until something is so; says what never was. */
export async function until(what: string, is: () => Promise<boolean>, seconds = 240): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await sleep(500);
  }
}

/** Waits until these clones have a certificate, and a report on the server since a time (ms). */
export async function checkedIn(clones: readonly string[], since = 0, seconds?: number): Promise<void> {
  const all = async () => {
    const certificates = new Set(await signed(server));
    const last = await Promise.all(
      clones.map(async (clone) => (await reportTimes(server, certnameOf(clone))).at(-1) ?? 0),
    );
    return clones.every((clone, i) => certificates.has(certnameOf(clone)) && (last[i] as number) >= since);
  };
  await until(`${clones.join(', ')} have checked in`, all, seconds);
}

/** Clones whose merged root is mounted. */
export async function mounted(): Promise<string[]> {
  const output = await sh('findmnt --raw --noheadings --output TARGET --types overlay || true');
  return output
    .split('\n')
    .filter((line) => line.startsWith('/var/lib/machines/'))
    .map((line) => line.slice('/var/lib/machines/'.length))
    .sort();
}

/** Clones that systemd calls active. */
export async function running(): Promise<string[]> {
  return runningClones(host, 'puppet-clone-army@');
}

/** A file of the host, read on this machine. */
export async function read(path: string): Promise<string> {
  return fs.readFile(host.file(path), 'utf8');
}
