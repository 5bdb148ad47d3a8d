import path from 'node:path';
import type { Options } from 'execa';
import { writeProject } from './bolt-project.ts';
import { withTarget } from './bolt-target.ts';
import { bundleExec } from './gems.ts';
import type { Host } from './host/host.ts';

/** The result of a Bolt command on one target. */
export interface Result {
  readonly status: 'success' | 'failure';
  // biome-ignore lint/suspicious/noExplicitAny: depends on the task
  readonly value: any;
}

/** Runs Bolt over ssh. The host is the target unless the arguments name another. */
export async function bolt<T extends Options>(host: Host, words: readonly string[], options?: T) {
  const project = path.join(host.home, 'bolt');
  await writeProject(project, [host]);
  return bundleExec(['bolt', ...withTarget(words, host.target), '--project', project], options);
}

/** Reads the first target's result from Bolt's JSON. `bolt apply` prints a list, other commands an object with one. */
export function resultIn(json: string): Result {
  const answer = JSON.parse(json);
  return (Array.isArray(answer) ? answer : answer.items)[0];
}

/** Runs Bolt and returns the host's result. */
async function boltResult(host: Host, words: readonly string[]): Promise<Result> {
  const { stdout, stderr } = await bolt(host, [...words, '--format', 'json'], { reject: false });
  try {
    return resultIn(stdout);
  } catch {
    throw new Error(`bolt ${words.join(' ')} printed no result: ${stdout}\n${stderr}`);
  }
}

/** Runs `bolt apply` with Puppet code. */
export async function applyCode(host: Host, code: string): Promise<Result> {
  return boltResult(host, ['apply', '--execute', code]);
}

/** Runs `bolt task run`. */
export async function runTask(
  host: Host,
  task: string,
  parameters: Record<string, unknown> = {},
  ...flags: string[]
): Promise<Result> {
  return boltResult(host, ['task', 'run', task, '--params', JSON.stringify(parameters), ...flags]);
}
