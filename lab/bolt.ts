import path from 'node:path';
import type { Options } from 'execa';
import { writeProject } from './bolt-project.ts';
import { withTarget } from './bolt-target.ts';
import { bundleExec } from './gems.ts';
import type { Host } from './host/host.ts';

/** The result of a Bolt command on one target. */
export interface Result {
  readonly target: string;
  readonly status: 'success' | 'failure';
  // biome-ignore lint/suspicious/noExplicitAny: depends on the task
  readonly value: any;
}

/** Runs Bolt over ssh. The hosts are the targets unless the arguments name others. */
export async function boltOn<T extends Options>(
  hosts: readonly Host[],
  words: readonly string[],
  options?: T,
) {
  const project = path.join((hosts[0] as Host).home, 'bolt');
  await writeProject(project, hosts);
  const targets = hosts.map(({ target }) => target).join(',');
  return bundleExec(['bolt', ...withTarget(words, targets), '--project', project], options);
}

/** Runs Bolt over ssh. The host is the target unless the arguments name another. */
export async function bolt<T extends Options>(host: Host, words: readonly string[], options?: T) {
  return boltOn([host], words, options);
}

/**
 * Reads the targets' results from Bolt's JSON. `bolt apply` prints a list, other commands an object with one. Throws if
 * there is none.
 */
export function resultsIn(json: string): Result[] {
  const answer = JSON.parse(json);
  const results = Array.isArray(answer) ? answer : answer.items;
  if (results === undefined) throw new Error(`Bolt failed: ${answer.msg ?? json}`);
  return [...results];
}

/** Runs Bolt and returns the hosts' results. */
async function boltResults(hosts: readonly Host[], words: readonly string[]): Promise<Result[]> {
  const { stdout, stderr } = await boltOn(hosts, [...words, '--format', 'json'], { reject: false });
  try {
    return resultsIn(stdout);
  } catch {
    throw new Error(`bolt ${words.join(' ')} printed no result: ${stdout}\n${stderr}`);
  }
}

/** Runs `bolt apply` with Puppet code on several hosts at a time. */
export async function applyCodeOn(hosts: readonly Host[], code: string): Promise<Result[]> {
  return boltResults(hosts, ['apply', '--execute', code]);
}

/** Runs `bolt apply` with Puppet code. */
export async function applyCode(host: Host, code: string): Promise<Result> {
  return (await applyCodeOn([host], code))[0] as Result;
}

/** Runs `bolt task run` on several hosts at a time. */
export async function runTaskOn(
  hosts: readonly Host[],
  task: string,
  parameters: Record<string, unknown> = {},
  ...flags: string[]
): Promise<Result[]> {
  return boltResults(hosts, ['task', 'run', task, '--params', JSON.stringify(parameters), ...flags]);
}

/** Runs `bolt task run`. */
export async function runTask(
  host: Host,
  task: string,
  parameters: Record<string, unknown> = {},
  ...flags: string[]
): Promise<Result> {
  return (await runTaskOn([host], task, parameters, ...flags))[0] as Result;
}
