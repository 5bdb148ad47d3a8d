import path from 'node:path';
import fs from 'fs-extra';
import { applyCode, type Result, runTask } from '../../lab/bolt.ts';
import { runningClones } from '../../lab/clones.ts';
import type { Host } from '../../lab/host/host.ts';
import { SERVER } from '../../lab/hosts.ts';
import { Lab } from '../../lab/lab.ts';
import { MODULE } from '../../lab/paths.ts';
import type { Release } from '../../lab/release.ts';
import { notCheckedIn } from '../../lab/server/check-ins.ts';
import { waitUntil } from '../../lab/wait.ts';

/** The lab of this suite, which need not survive a crash. Set RELEASE=bookworm for a host with another release. */
export const lab = new Lab('acceptance', { suppressSync: true });
export const { host } = lab;
export const release: Release = { os: 'Debian', suite: process.env.RELEASE ?? 'trixie' };
/** The host that runs the server. For bullseye, which has no server package, it is a second host. */
export const server = lab.server(release);

/** Size of the fleet in most test files. */
export const SIZE = 6;
export const NAMES = Array.from({ length: SIZE }, (_, i) => `clone${i + 1}`);
export const BASE = `debian-${{ bullseye: 11, bookworm: 12, trixie: 13 }[release.suite]}`;

export const certnameOf = (clone: string) => `${clone}.${host.certname}`;
export const rootOf = (clone: string) => `/var/lib/machines/${clone}`;
export const overlayOf = (clone: string) => `/var/lib/puppet-clone-army/${clone}-overlay`;

/**
 * Puppet code that declares the class.
 *
 * @param more - Further parameters in Puppet syntax
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

/**
 * Settings of the base image in Puppet syntax. Agents run when their clone starts. The interval is long enough to keep
 * further runs, which would take a quarter of a processor, out of most tests. Keys are small, because those of the default
 * size take seconds.
 */
export const SETTINGS = `'puppet_settings' => { 'agent' => { 'runinterval' => '10m', 'keylength' => '2048' } }`;

/** Options that let ssh calls share one connection: opening a session takes longer than most commands. */
function shared({ home }: Host): string[] {
  const options = ['ControlMaster=auto', `ControlPath=${path.join(home, 'ssh-%C')}`, 'ControlPersist=60'];
  return options.flatMap((option) => ['-o', option]);
}

/** Standard output of a command on the host. Throws if the command fails. */
export async function sh(command: string): Promise<string> {
  return (await host.ssh([...shared(host), command])).stdout as string;
}

/** Standard output of a command on the server's host. */
export async function onServer(command: string): Promise<string> {
  return (await server.ssh([...shared(server), command])).stdout as string;
}

/** Whether a command succeeds on the host. */
export async function succeeds(command: string): Promise<boolean> {
  return !(await host.ssh([...shared(host), command], { reject: false })).failed;
}

/** Numbers of changed and failed resources of a `bolt apply`. */
export function changes(result: Result): { changed: number; failed: number } {
  const metrics: [string, string, number][] = result.value.report.metrics.resources.values;
  const of = (name: string) => metrics.find(([key]) => key === name)?.[2] ?? 0;
  return { changed: of('changed'), failed: of('failed') };
}

/** Applies the class by `bolt apply`. */
export async function apply(numClones = SIZE): Promise<Result> {
  return applyCode(host, declaration(numClones));
}

export type TaskName =
  | 'start'
  | 'stop'
  | 'status'
  | 'restart'
  | 'run'
  | 'reset'
  | 'rebuild'
  | 'logs'
  | 'load_start'
  | 'load_status'
  | 'load_stop'
  | 'load_collect';

/** Runs a task of the module through Bolt over ssh. */
export async function task(
  name: TaskName,
  parameters: Record<string, unknown> = {},
  ...flags: string[]
): Promise<Result> {
  return runTask(host, `clone_army::${name}`, parameters, ...flags);
}

/**
 * Runs a task of the module on the host with its parameters on standard input, as Bolt does. Without the start-up time
 * of Bolt, for steps that only prepare a test. Throws if the task fails.
 */
export async function quickTask(
  name: TaskName,
  parameters: Record<string, unknown> = {},
): Promise<Result['value']> {
  const folder = '/root/quick-tasks';
  await fs.copy(path.join(MODULE, `tasks/${name}.js`), host.file(`${folder}/${name}.js`));
  await fs.outputJson(host.file(`${folder}/input.json`), parameters);
  return JSON.parse(await sh(`node ${folder}/${name}.js < ${folder}/input.json`));
}

/** Waits until a condition holds. Throws with the description if it never does. */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 240): Promise<void> {
  await waitUntil(holds, {
    timeoutMs: seconds * 1000,
    intervalMs: 200,
    timeoutError: () => new Error(`timed out after ${seconds} s waiting until ${what}`),
  });
}

/** Waits until the clones have certificates and, since a time in ms, have sent reports to the server. */
export async function checkedIn(clones: readonly string[], since = 0, seconds?: number): Promise<void> {
  const all = async () => (await notCheckedIn(server, clones.map(certnameOf), since)).length === 0;
  await until(`${clones.join(', ')} have checked in`, all, seconds);
}

/** Clones whose root is mounted. */
export async function mounted(): Promise<string[]> {
  const output = await sh('findmnt --raw --noheadings --output TARGET --types overlay || true');
  return output
    .split('\n')
    .filter((line) => line.startsWith('/var/lib/machines/'))
    .map((line) => line.slice('/var/lib/machines/'.length))
    .sort();
}

/** Clones whose service is active. */
export async function running(): Promise<string[]> {
  return runningClones(host, 'puppet-clone-army@');
}
